package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.core.setup.Bootstrap;
import io.emailmonitor.monitor.DoctorCommand.DoctorException;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The command doctor, against a simulated Graph and a real Redis. */
class DoctorTest {
  private static final String TOKEN =
      jwt(
          """
          {"appid": "my-app", "oid": "my-object", "tid": "my-tenant", "exp": 4102444800,
           "roles": ["GroupMember.Read.All"]}
          """);
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private Path directory = Path.of("set before each");
  private final Level level = ROOT.getLevel();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private GraphSimulator graph;

  @BeforeEach
  void start(@TempDir Path empty) throws Exception {
    directory = empty;
    start(TOKEN);
    environment.put("EMAIL_GROUPS", "orders@contoso.example,invoices@contoso.example");
    environment.put("ATTACHMENTS_DIR", directory.resolve("attachments").toString());
    environment.put("DATABASE_URL", "jdbc:h2:file:" + directory.resolve("ledger"));
    environment.put("LOG_FILE", "none");
  }

  private void start(String token) throws Exception {
    graph = GraphSimulator.builder().samples().token(token).build().start();
    environment.put("GRAPH_BASE_URL", graph.baseUri().toString());
    environment.put("GRAPH_STATIC_TOKEN", token);
  }

  @AfterEach
  void stop() {
    graph.close();
    ROOT.setLevel(level);
  }

  @Test
  void findsNothingWrong_andLeavesNothingBehind_whenAllIsWell() {
    forbid("claims@contoso.example");
    environment.put("DOCTOR_OTHER_MAILBOX", "claims@contoso.example");
    try (TestRedis redis = TestRedis.startDurable()) {
      environment.put("USE_REDIS_QUEUE", "true");
      environment.put("REDIS_PORT", "" + redis.port());

      assertThatCode(this::run).doesNotThrowAnyException();
    }

    assertThat(output())
        .contains("ok   settings   classpath:config.yml and the environment are complete")
        .containsPattern("ok   disk       \\S+attachments can be written to, \\d+\\.\\d GiB free")
        .containsPattern("ok   database   The ledger jdbc:h2:file:\\S+ is not there yet")
        .containsPattern("ok   redis      redis://\\S+ is \\S+ \\S+, maxmemory-policy noeviction")
        .contains("persistence aof")
        .contains("note redis      Redis has no maxmemory")
        .contains(
            "ok   sign-in    static-token as my-app in tenant my-tenant, token until"
                + " 2100-01-01T00:00:00Z")
        .contains("ok   graph      " + graph.baseUri() + " answers and takes the token")
        .contains("ok   roles      [GroupMember.Read.All]; without Mail.Read among them")
        .contains("ok   mailbox    invoices@contoso.example can be read: inbox, messages and")
        .contains("ok   mailbox    orders@contoso.example can be read")
        .contains("ok   scope      claims@contoso.example is refused, as it must be")
        .contains("11 checks: 0 failed, 1 to be known, 10 ok")
        .doesNotContain(TOKEN);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void tellsAllWrongSettingsAtOnce() {
    environment.putAll(
        Map.of("REDIS_PORT", "abc", "AZURE_CLOUD", "mars", "ATTACHMENTS_DIR", "/proc/none"));

    assertThatThrownBy(this::run)
        .isInstanceOf(DoctorException.class)
        .hasMessageContaining("3 checks: 3 failed");

    assertThat(output())
        .contains("FAIL settings   REDIS_PORT is \"abc\"; it must be a whole number")
        .contains("FAIL settings   AZURE_CLOUD is \"mars\"")
        .contains("FAIL settings   ATTACHMENTS_DIR is \"/proc/none\"");
  }

  @Test
  void givesTheCommandsThatOpenTheMailboxes_whenReadingIsForbidden() {
    forbid("orders@contoso.example");

    assertThatThrownBy(this::run).hasMessageContaining("1 failed");

    assertThat(output())
        .contains("FAIL mailbox    orders@contoso.example cannot be read")
        .contains("status 403, ErrorAccessDenied")
        .contains("ok   mailbox    invoices@contoso.example")
        .contains("New-ServicePrincipal -AppId my-app -ObjectId my-object -DisplayName")
        .contains(
            "-RecipientRestrictionFilter \"PrimarySmtpAddress -eq 'invoices@contoso.example' -or"
                + " PrimarySmtpAddress -eq 'orders@contoso.example'\"")
        .contains("New-ManagementRoleAssignment -App my-app -Role \"Application Mail.Read\"")
        .contains(
            "Test-ServicePrincipalAuthorization -Identity my-app -Resource"
                + " invoices@contoso.example");
  }

  @Test
  void fails_whenAMailboxBeyondTheScopeCanBeRead_orNothingIsShown() {
    environment.put("DOCTOR_OTHER_MAILBOX", "claims@contoso.example");
    assertThatThrownBy(this::run).hasMessageContaining("1 failed");
    assertThat(output())
        .contains("FAIL scope      claims@contoso.example can be read, though it is not watched")
        .contains("Take Mail.Read away");

    environment.put("DOCTOR_OTHER_MAILBOX", "nobody@contoso.example");
    assertThatThrownBy(this::run).hasMessageContaining("1 failed");
    assertThat(output())
        .contains("FAIL scope      nobody@contoso.example shows nothing, as it is no mailbox");
  }

  @Test
  void tellsWhatTheRolesOpen_andWhichIsMissing() throws Exception {
    graph.close();
    start(jwt("{\"appid\": \"my-app\", \"roles\": [\"Mail.Read\"]}"));
    environment.put("EMAIL_GROUPS", "contoso.example");

    assertThatThrownBy(this::run).hasMessageContaining("1 failed");

    assertThat(output())
        .contains("note roles      [Mail.Read], granted in Entra ID, open all mailboxes")
        .contains("FAIL roles      EMAIL_GROUPS names a domain, whose users cannot be listed")
        .contains("-ObjectId <object id of the enterprise application>");
  }

  @Test
  void tellsOfARedisThatIsNotThere_orForgets() {
    try (TestRedis redis = TestRedis.start("--maxmemory 50mb", "--maxmemory-policy allkeys-lru")) {
      environment.put("USE_REDIS_QUEUE", "true");
      environment.put("REDIS_PORT", "" + redis.port());
      assertThatThrownBy(this::run).hasMessageContaining("1 failed");
      assertThat(output())
          .contains("FAIL redis      Redis may throw tasks away when its memory is full")
          .contains("note redis      Redis keeps nothing on disk");

      redis.kill();
      assertThatThrownBy(this::run).hasMessageContaining("1 failed");
      assertThat(output()).contains("FAIL redis      redis://localhost:" + redis.port());
    }
  }

  @Test
  void tellsOfAGraphThatIsNotThere_andLooksAtTheRest() {
    graph.close();

    assertThatThrownBy(this::run).hasMessageContaining("1 failed");

    assertThat(output())
        .contains("FAIL graph      " + graph.baseUri())
        .contains("no connection to Graph")
        .contains("ok   database")
        .doesNotContain("mailbox");
  }

  @Test
  void tellsOfACertificateThatEndsSoon_andALoginServiceThatIsNotThere() throws Exception {
    TestCertificate certificate = new TestCertificate(directory);
    environment.putAll(
        Map.of(
            "GRAPH_AUTH", "client-certificate",
            "AZURE_TENANT_ID", "contoso.example",
            "AZURE_CLIENT_ID", "my-app",
            "AZURE_CLIENT_CERTIFICATE_PATH", certificate.pem().toString(),
            "AZURE_AUTHORITY_HOST", "https://127.0.0.1:1",
            "GRAPH_BASE_URL", "https://127.0.0.1:1"));

    assertThatThrownBy(this::run).hasMessageContaining("1 failed");

    assertThat(output())
        .contains("note certificate " + certificate.pem() + " is good until")
        .contains("Make a new certificate")
        .contains("FAIL sign-in    https://127.0.0.1:1")
        .contains("the login service cannot be reached");
  }

  @Test
  void saysWhatMarkingAndMovingNeed_whenTheyAreWanted() throws Exception {
    environment.put("AFTER_MOVE_TO", "archive");
    environment.put("EXCLUDE_MAILBOXES", "orders@*");
    assertThatCode(this::run).doesNotThrowAnyException();
    assertThat(output())
        .contains("note after      AFTER_MARK_READ, AFTER_ADD_CATEGORY and AFTER_MOVE_TO need")
        .contains("-Role \"Application Mail.ReadWrite\"")
        .contains("note mailbox    orders@contoso.example is not watched")
        .contains("EXCLUDE_MAILBOXES: the mailbox matches orders@*");

    environment.put("AFTER_MOVE_TO", "Inbox/Done");
    graph.close();
    start(jwt("{\"roles\": [\"Mail.Read\"]}"));
    assertThatThrownBy(this::run).hasMessageContaining("2 failed");
    assertThat(output())
        .contains("FAIL after      AFTER_MARK_READ")
        .contains("need Mail.ReadWrite, and only Mail.Read is granted")
        .contains(
            "FAIL after      invoices@contoso.example: messages cannot be moved to 'Inbox/Done'");

    environment.put("AFTER_MOVE_TO", "archive");
    graph.close();
    start(jwt("{\"roles\": [\"Mail.ReadWrite\"]}"));
    assertThatCode(this::run).doesNotThrowAnyException();
    assertThat(output()).contains("ok   after      Mail.ReadWrite is granted");
  }

  private void forbid(String mailbox) {
    graph
        .faults()
        .add(Fault.always(Match.ALL.mailbox(mailbox), Effect.GraphError.of("ErrorAccessDenied")));
  }

  private void run() throws Exception {
    output.reset();
    Bootstrap<MonitorConfiguration> bootstrap = new Bootstrap<>(new MonitorApplication());
    SettingsFactory.installIn(bootstrap);
    new DoctorCommand("", environment, new PrintStream(output, true, UTF_8))
        .run(bootstrap, new Namespace(Map.of("file", SettingsFactory.PACKAGED)));
  }

  private String output() {
    return output.toString(UTF_8);
  }

  private static String jwt(String claims) {
    return "e30."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(UTF_8))
        + ".x";
  }
}
