package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.Duration.ZERO;
import static java.time.Duration.ofDays;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.logging.common.ConsoleAppenderFactory;
import io.dropwizard.logging.common.DefaultLoggingFactory;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.delivery.Retention;
import io.emailmonitor.monitor.filter.InlinePolicy;
import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.filter.Patterns;
import io.emailmonitor.monitor.graph.Cloud;
import io.emailmonitor.monitor.graph.Credentials;
import io.emailmonitor.monitor.graph.GraphSettings;
import io.emailmonitor.monitor.intake.Reconciliation;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.queue.QueueSettings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsFactoryTest {
  private static final Map<String, String> REQUIRED =
      Map.of(
          "AZURE_TENANT_ID", "contoso.example",
          "AZURE_CLIENT_ID", "11111111-2222-3333-4444-555555555555",
          "AZURE_CLIENT_SECRET", "s3cret: {}#'\"$ ${HOME} \\",
          "EMAIL_GROUPS", "company.com,partner.org");
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Z_]+):-([^}]*)}");
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^#?([A-Z_]+)=(.*)$");

  @Test
  void hasTheDefaults_whenOnlyTheRequiredVariablesAreSet() throws Exception {
    MonitorConfiguration c = loadGood(REQUIRED);

    assertThat(c.graph().settings().credentials())
        .isEqualTo(
            new Credentials.ClientSecret(
                "contoso.example",
                "11111111-2222-3333-4444-555555555555",
                "s3cret: {}#'\"$ ${HOME} \\"));
    assertThat(c.graph().settings().baseUrl()).isEqualTo("https://graph.microsoft.com/v1.0");
    assertThat(c.intake().entries()).containsExactly("company.com", "partner.org");
    assertThat(c.intake().folders()).containsExactly("inbox");
    assertThat(c.filter().fileTypes()).containsExactly(".pdf", ".docx", ".xlsx", ".csv");
    assertThat(c.filter().maxSize()).isEqualTo(52428800);
    assertThat(c.filter().allowedSenders()).isEmpty();
    assertThat(c.filter().inline()).isEqualTo(InlinePolicy.AUTO);
    assertThat(c.filter().patterns()).isEqualTo(PatternRules.NONE);
    assertThat(c.intake().followUp()).isEqualTo(FollowUp.NONE);
    assertThat(c.mail().pollInterval()).isEqualTo(Duration.seconds(60));
    assertThat(c.intake().reconciliation()).isEqualTo(new Reconciliation(ofDays(1), ofDays(7)));
    assertThat(c.storage())
        .isEqualTo(
            new StorageSection(
                "email_attachments",
                DataSize.gibibytes(10),
                "0",
                "jdbc:h2:file:./data/email-monitor",
                Duration.days(90)));
    assertThat(c.queue().enabled()).isFalse();
    assertThat(c.queue().server().describe()).isEqualTo("redis://localhost:6379/0");
    assertThat(c.queue().limits())
        .isEqualTo(
            QueueSettings.named("email_attachments")
                .withLimits(1000, DataSize.gibibytes(2).toBytes()));
    assertThat(c.access().bearerToken()).isEmpty();
    assertThat(c.listener())
        .isEqualTo(new Listener("server.applicationConnectors[0]", "127.0.0.1", 8000));
    assertThat(c.adminListener())
        .isEqualTo(new Listener("server.adminConnectors[0]", "127.0.0.1", 8081));
    assertThat(((DefaultLoggingFactory) c.getLoggingFactory()).getAppenders()).hasSize(2);
  }

  @Test
  void takesEveryVariable_whenAllAreSet() throws Exception {
    Map<String, String> all = new HashMap<>(REQUIRED);
    all.put("GRAPH_AUTH", "static-token");
    all.put("AZURE_CLOUD", "us-gov");
    all.put("AZURE_CLIENT_CERTIFICATE_PATH", "/etc/app.pem");
    all.put("AZURE_CLIENT_CERTIFICATE_PASSWORD", "hush");
    all.put("AZURE_FEDERATED_TOKEN_FILE", "/var/token");
    all.put("AZURE_AUTHORITY_HOST", "https://login.microsoftonline.us/");
    all.put("GRAPH_BASE_URL", "http://127.0.0.1:9/v1.0");
    all.put("GRAPH_STATIC_TOKEN", "simulated");
    all.put("MAIL_FOLDERS", "inbox, Rechnungen/**");
    all.put("FILE_TYPES", "pdf,.tar.gz");
    all.put("FILE_TYPES_BY", "content");
    all.put("UNPACK_ATTACHMENTS", "messages, TNEF");
    all.put("SENDER_ALLOWLIST", "jo@partner.org,example.com");
    all.put("INLINE_ATTACHMENTS", "include");
    all.put("MAX_ATTACHMENT_SIZE", "10MiB");
    all.put("POLL_INTERVAL", "5m");
    all.put("RECONCILE_INTERVAL", "0");
    all.put("RECONCILE_WINDOW", "30d");
    all.put("INCLUDE_FILES", "*invoice*, in?.pdf");
    all.put("EXCLUDE_FILES", "*draft*");
    all.put("INCLUDE_SENDERS", "*@partner.org");
    all.put("EXCLUDE_SENDERS", "noreply@*");
    all.put("INCLUDE_SUBJECTS", "*order*");
    all.put("EXCLUDE_SUBJECTS", "[spam] *");
    all.put("INCLUDE_MAILBOXES", "*@company.com");
    all.put("EXCLUDE_MAILBOXES", "ceo@*");
    all.put("MIN_ATTACHMENT_SIZE", "2KiB");
    all.put("AFTER_MARK_READ", "true");
    all.put("AFTER_ADD_CATEGORY", "Taken ");
    all.put("AFTER_MOVE_TO", "Inbox/Done");
    all.put("ATTACHMENTS_DIR", "/tmp/store");
    all.put("MAX_WAITING_BYTES", "0");
    all.put("ATTACHMENTS_RETENTION", "30d");
    all.put("DATABASE_URL", "jdbc:h2:mem:x");
    all.put("HISTORY_RETENTION", "7d");
    all.put("USE_REDIS_QUEUE", "true");
    all.put("REDIS_URL", "");
    all.put("REDIS_HOST", "cache.example");
    all.put("REDIS_PORT", "6380");
    all.put("REDIS_DB", "3");
    all.put("REDIS_USERNAME", "mail");
    all.put("REDIS_PASSWORD", "*#'\" : ${x}");
    all.put("REDIS_TLS", "true");
    all.put("REDIS_TLS_CA", "");
    all.put("REDIS_TLS_CERT", "");
    all.put("REDIS_TLS_KEY", "");
    all.put("REDIS_MIN_REPLICAS", "2");
    all.put("DEAD_TASK_RETENTION", "60d");
    all.put("EMAIL_QUEUE_NAME", "todo");
    all.put("MAX_QUEUE_SIZE", "7");
    all.put("MAX_QUEUE_BYTES", "1MiB");
    all.put("HTTP_HOST", "0.0.0.0");
    all.put("HTTP_PORT", "0");
    all.put("ADMIN_HOST", "::1");
    all.put("ADMIN_PORT", "9000");
    all.put("API_TOKEN", "a-long-token");
    all.put("ALLOW_ANONYMOUS", "true");
    all.put("ALLOWED_HOSTS", "Monitor.company.com, *");
    all.put("DOCTOR_OTHER_MAILBOX", "ceo@contoso.example");
    all.put("LOG_LEVEL", "debug");
    all.put("LOG_FORMAT", "json");
    all.put("LOG_FILE", "none");
    assertThat(all.keySet()).isEqualTo(defaultsByVariable(VARIABLE, shippedFile()).keySet());

    MonitorConfiguration c = loadGood(all);

    assertThat(c.graph().settings())
        .isEqualTo(
            new GraphSettings(
                "http://127.0.0.1:9/v1.0",
                "https://login.microsoftonline.us",
                new Credentials.StaticToken("simulated")));
    assertThat(c.graph().cloud()).isEqualTo(Cloud.US_GOV);
    assertThat(c.graph().federatedTokenFile()).isEqualTo("/var/token");
    assertThat(c.intake().folders()).containsExactly("inbox", "Rechnungen/**");
    assertThat(c.filter().fileTypes()).containsExactly("pdf", ".tar.gz");
    assertThat(c.filter().byContent()).isTrue();
    assertThat(c.filter().opened()).containsExactlyInAnyOrder(Format.MESSAGE, Format.TNEF);
    assertThat(c.filter().maxSize()).isEqualTo(10 * 1024 * 1024);
    assertThat(c.filter().inline()).isEqualTo(InlinePolicy.INCLUDE);
    assertThat(c.intake().followUp()).isEqualTo(new FollowUp(true, "Taken", "Inbox/Done"));
    assertThat(c.filter().patterns())
        .isEqualTo(
            new PatternRules(
                new Patterns(List.of("*invoice*", "in?.pdf"), List.of("*draft*")),
                new Patterns(List.of("*@partner.org"), List.of("noreply@*")),
                new Patterns(List.of("*order*"), List.of("[spam] *")),
                new Patterns(List.of("*@company.com"), List.of("ceo@*")),
                2048));
    assertThat(c.mail().pollInterval()).isEqualTo(Duration.minutes(5));
    assertThat(c.intake().reconciliation()).isEqualTo(new Reconciliation(ZERO, ofDays(30)));
    assertThat(c.queue().server().describe()).isEqualTo("rediss://cache.example:6380/3");
    assertThat(c.queue().server().password()).isEqualTo("*#'\" : ${x}");
    assertThat(c.queue().limits())
        .isEqualTo(QueueSettings.named("todo").withLimits(7, 1048576).withMinReplicas(2));
    assertThat(c.ages()).isEqualTo(new Retention.Ages(ofDays(30), ofDays(60)));
    assertThat(c.access().bearerToken()).hasValue("a-long-token");
    assertThat(c.access().hostNames().given()).containsExactly("monitor.company.com", "*");
    assertThat(c.doctor().otherMailbox()).isEqualTo("ceo@contoso.example");
    assertThat(c.listener().port()).isZero();
    assertThat(c.adminListener().host()).isEqualTo("::1");
    DefaultLoggingFactory logging = (DefaultLoggingFactory) c.getLoggingFactory();
    assertThat(logging.getAppenders()).hasExactlyElementsOfTypes(ConsoleAppenderFactory.class);
    assertThat(logging.getLoggers()).containsEntry("io.emailmonitor", TextNode.valueOf("debug"));
  }

  @Test
  void letsTheUrlWin_whenRedisIsGivenBothWays() throws Exception {
    MonitorConfiguration c =
        loadGood(with("REDIS_URL", "rediss://u:p%25@other:1/2", "REDIS_HOST", "ignored"));

    assertThat(c.queue().server().describe()).isEqualTo("rediss://other:1/2");
    assertThat(c.queue().server().password()).isEqualTo("p%");
  }

  @Test
  void showsNoSecret_whenPrinted() throws Exception {
    MonitorConfiguration c =
        loadGood(with("REDIS_PASSWORD", "hush-redis", "API_TOKEN", "hush-token"));

    assertThat(List.of(c.graph(), c.queue(), c.access(), c.queue().server()).toString())
        .doesNotContain("hush")
        .doesNotContain("s3cret");
  }

  @Test
  void listsTheSameVariablesAndDefaults_inTheExampleOfTheEnvironment() throws Exception {
    String example = Files.readString(Path.of("..", ".env.example"));
    String ofMonitor = example.substring(0, example.indexOf("# Workers"));

    Map<String, String> shown = defaultsByVariable(EXAMPLE, ofMonitor);
    assertThat(shown).isEqualTo(defaultsByVariable(VARIABLE, shippedFile()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          EMAIL_GROUPS         |              | EMAIL_GROUPS is not set; it must be domains
          EMAIL_GROUPS         | company      | EMAIL_GROUPS contains "company"; it must be domains
          AZURE_CLIENT_SECRET  |              | AZURE_CLIENT_SECRET is not set; it must be a client secret
          FILE_TYPES_BY        | magic        | FILE_TYPES_BY
          UNPACK_ATTACHMENTS   | zip          | UNPACK_ATTACHMENTS contains "zip"; it must be a list of tnef, smime and messages, or none
          FILE_TYPES           | pdf;docx     | FILE_TYPES contains "pdf;docx"; it must be extensions
          MAIL_FOLDERS         | Inbox//2026  | MAIL_FOLDERS contains "Inbox//2026", which has nothing before, between or after its slashes; it must be folders'
          MAIL_FOLDERS         | Inbox/*2026  | MAIL_FOLDERS contains "Inbox/*2026", which has a star that does not end it
          MAIL_FOLDERS         | **           | MAIL_FOLDERS contains "**", which has a star
          AFTER_MARK_READ      | maybe        | AFTER_MARK_READ is "maybe"; it must be true or false
          AFTER_ADD_CATEGORY   | a,b          | AFTER_ADD_CATEGORY is "a,b"; it must be the name of a category
          AFTER_MOVE_TO        | Inbox/**     | AFTER_MOVE_TO is "Inbox/**"; it must be a folder's name or path
          AFTER_MOVE_TO        | Inbox        | AFTER_MOVE_TO is "Inbox", from which messages are taken; it must be
          MAX_QUEUE_SIZE       | -1           | MAX_QUEUE_SIZE is -1; it is a number of tasks, at least 1
          REDIS_PORT           | abc          | REDIS_PORT is "abc"; it must be a whole number
          REDIS_PORT           | 70000        | REDIS_PORT is 70000; it must be 1 to 65535
          REDIS_URL            | http://h:s3cret@h | REDIS_URL does not begin with redis://
          REDIS_MIN_REPLICAS   | -1           | REDIS_MIN_REPLICAS is -1; it must be 0 or more
          REDIS_TLS_CA         | /no/ca.pem   | REDIS_TLS_CA is /no/ca.pem, which does not exist
          REDIS_TLS_CERT       | /no/me.pem   | REDIS_TLS_CERT is set, but REDIS_TLS_KEY is not
          REDIS_TLS_KEY        | /no/me.pem   | REDIS_TLS_KEY is set, but REDIS_TLS_CERT is not
          USE_REDIS_QUEUE      | yes          | USE_REDIS_QUEUE is "yes"; it must be true or false
          INLINE_ATTACHMENTS   | maybe        | INLINE_ATTACHMENTS is "maybe"; it must be one of
          GRAPH_AUTH           | password     | GRAPH_AUTH is "password"; it must be one of [client-secret
          GRAPH_AUTH           | static-token | GRAPH_STATIC_TOKEN is not set
          GRAPH_BASE_URL       | http://127.0.0.1/v1.0 | or http together with GRAPH_AUTH=static-token
          POLL_INTERVAL        | 30           | POLL_INTERVAL is "30"; it must be a duration with its unit
          POLL_INTERVAL        | 0s           | POLL_INTERVAL is 0 seconds; it must be at least 1s
          RECONCILE_INTERVAL   | 30           | RECONCILE_INTERVAL is "30"; it must be at least 1h
          RECONCILE_INTERVAL   | 1m           | RECONCILE_INTERVAL is "1m"; it must be at least 1h
          RECONCILE_WINDOW     | 0s           | RECONCILE_WINDOW is 0 seconds; it must be at least 1h
          MAX_ATTACHMENT_SIZE  | lots         | MAX_ATTACHMENT_SIZE is "lots"; it must be a size
          MAX_ATTACHMENT_SIZE  | 0            | MAX_ATTACHMENT_SIZE is 0 bytes; it must be 1 to
          INCLUDE_FILES        | a\\b        | INCLUDE_FILES contains "a\\b", which has a backslash
          EXCLUDE_FILES        | **           | EXCLUDE_FILES contains "**", which would leave nothing; it must be patterns such as
          INCLUDE_SENDERS      | partner.org  | INCLUDE_SENDERS contains "partner.org", which matches no address; it must be patterns of whole addresses, such as *@partner.org
          EXCLUDE_MAILBOXES    | ceo          | EXCLUDE_MAILBOXES contains "ceo", which matches no address
          MIN_ATTACHMENT_SIZE  | 51MiB        | MIN_ATTACHMENT_SIZE is 53477376 bytes; it must be at most MAX_ATTACHMENT_SIZE
          HTTP_HOST            | 0.0.0.0      | HTTP_HOST is "0.0.0.0", which lets other machines in; it must be 127.0.0.1, unless API_TOKEN holds
          ADMIN_HOST           | 0.0.0.0      | ADMIN_HOST is "0.0.0.0", which lets other machines in
          HTTP_PORT            | 99999        | HTTP_PORT must be
          HTTP_PORT            | http         | HTTP_PORT is "http"; it must be a whole number
          API_TOKEN            | s3cret       | API_TOKEN cannot serve as a token; it must be at least 8
          ALLOWED_HOSTS        | a.org:8000   | ALLOWED_HOSTS contains "a.org:8000"; it must be host names without port
          DATABASE_URL         | jdbc:oracle:s3cret | DATABASE_URL
          ATTACHMENTS_RETENTION | 30          | ATTACHMENTS_RETENTION is "30"; it must be at least 1d
          DEAD_TASK_RETENTION  | 2h           | DEAD_TASK_RETENTION is "2h"; it must be at least 1d
          LOG_LEVEL            | LOUD         | LOG_LEVEL is "LOUD"; it must be TRACE, DEBUG
          LOG_FORMAT           | xml          | LOG_FORMAT is "xml"; it must be one of [
          """)
  void namesTheVariableAndWhatIsAllowed_whenAValueIsWrong(
      String variable, String value, String expected) throws Exception {
    Problems problems = load(with(variable, value == null ? "" : value)).problems();

    assertThat(problems.describe())
        .startsWith("Email Monitor cannot start: a setting is wrong or missing.")
        .contains(expected)
        .doesNotContain("s3cret");
  }

  @Test
  void tellsAllProblemsAtOnce_whenNothingIsRight() throws Exception {
    Problems problems =
        load(Map.of("REDIS_PORT", "abc", "HTTP_PORT", "x", "FILE_TYPES", "*/*", "LOG_FORMAT", "x"))
            .problems();

    assertThat(problems.describe())
        .startsWith("Email Monitor cannot start: 8 settings are wrong or missing.")
        .contains("AZURE_TENANT_ID", "AZURE_CLIENT_ID", "AZURE_CLIENT_SECRET", "EMAIL_GROUPS")
        .contains("REDIS_PORT", "HTTP_PORT", "FILE_TYPES", "LOG_FORMAT");
  }

  @Test
  void takesTheRestFromThePackagedFile_whenAFileSaysOnlyOneThing() throws Exception {
    SettingsFactory.Loaded loaded =
        TestSettings.factory(REQUIRED).load(yaml("mail: {fileTypes: .zip}"), "mine");

    assertThat(loaded.problems().none()).isTrue();
    assertThat(loaded.configuration().filter().fileTypes()).containsExactly(".zip");
    assertThat(loaded.configuration().filter().maxSize()).isEqualTo(52428800);
  }

  @Test
  void namesTheKey_whenAFileHasOneThatDoesNotExist() throws Exception {
    Problems problems =
        TestSettings.factory(REQUIRED).load(yaml("mail: {filetypes: .zip}"), "mine").problems();

    assertThat(problems.describe()).contains("mail.filetypes is not a setting", "fileTypes");
  }

  @Test
  void namesTheVariable_whenAFileGivesItNoDefault() throws Exception {
    Problems problems =
        TestSettings.factory(REQUIRED)
            .load(yaml("queue: {name: '${MY_QUEUE}'}"), "mine")
            .problems();

    assertThat(problems.describe()).contains("MY_QUEUE is not set");
  }

  @Test
  void refusesToStart_whenThePortIsTakenAndTheDirectoriesAreNone(@TempDir Path directory)
      throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      Map<String, String> environment =
          with(
              "HTTP_PORT",
              port,
              "ADMIN_PORT",
              "0",
              "ATTACHMENTS_DIR",
              file.resolve("below").toString(),
              "LOG_FILE",
              directory.toString());

      assertThatThrownBy(() -> TestSettings.factory(environment).build())
          .isInstanceOf(SettingsException.class)
          .hasMessageContaining("3 settings are wrong")
          .hasMessageContaining("HTTP_PORT " + port + " on 127.0.0.1 cannot be listened on")
          .hasMessageContaining("ATTACHMENTS_DIR is \"" + file)
          .hasMessageContaining("LOG_FILE is \"" + directory);
    }
  }

  @Test
  void leavesNothingBehind_whenTheStartFails(@TempDir Path directory) throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      Map<String, String> environment =
          with(
              "HTTP_PORT",
              Integer.toString(taken.getLocalPort()),
              "ADMIN_PORT",
              "0",
              "ATTACHMENTS_DIR",
              directory.resolve("mail/attachments").toString(),
              "LOG_FILE",
              directory.resolve("log/monitor.log").toString());

      assertThatThrownBy(() -> TestSettings.factory(environment).build())
          .hasMessageContaining("a setting is wrong");

      assertThat(directory).isEmptyDirectory();
    }
  }

  private static MonitorConfiguration loadGood(Map<String, String> environment) throws IOException {
    SettingsFactory.Loaded loaded = load(environment);
    assertThat(loaded.problems().none()).as(loaded.problems().describe()).isTrue();
    return loaded.configuration();
  }

  private static SettingsFactory.Loaded load(Map<String, String> environment) throws IOException {
    return TestSettings.factory(environment).load(SettingsFactory::open, SettingsFactory.PACKAGED);
  }

  private static ConfigurationSourceProvider yaml(String text) {
    return path -> new ByteArrayInputStream(text.getBytes(UTF_8));
  }

  private static Map<String, String> with(String... more) {
    Map<String, String> environment = new HashMap<>(REQUIRED);
    for (int i = 0; i < more.length; i += 2) {
      environment.put(more[i], more[i + 1]);
    }
    return environment;
  }

  private static String shippedFile() throws IOException {
    return Files.readString(Path.of("..", "config.yml"));
  }

  private static Map<String, String> defaultsByVariable(Pattern pattern, String text) {
    Map<String, String> defaults = new TreeMap<>();
    for (Matcher found = pattern.matcher(text); found.find(); ) {
      defaults.put(found.group(1), found.group(2));
    }
    return defaults;
  }
}
