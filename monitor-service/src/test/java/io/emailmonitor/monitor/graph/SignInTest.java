package io.emailmonitor.monitor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emailmonitor.monitor.TestCertificate;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import io.emailmonitor.simulator.login.App;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every way to sign in, to a login service and a Graph that know each other's tokens. */
class SignInTest {
  private static final String TRUST_STORE = "javax.net.ssl.trustStore";
  private static final String TRUST_PASSWORD = "javax.net.ssl.trustStorePassword";
  private static final String TENANT = "contoso.example";
  private static final Credentials SECRET =
      new Credentials.ClientSecret(TENANT, "reader", "s3cr3t");
  private static final String TOKEN =
      "{\"token_type\":\"Bearer\",\"expires_in\":\"3599\",\"access_token\":\"issued\"}";
  private static final Mailbox ORDERS = new Mailbox("orders@contoso.example");

  private static Path directory = Path.of("set before all");
  private static TestCertificate certificate;
  private GraphSimulator simulator;

  @BeforeAll
  static void trustOurselves(@TempDir Path made) throws Exception {
    directory = made;
    certificate = new TestCertificate(directory);
    System.setProperty(TRUST_STORE, certificate.pfx().toString());
    System.setProperty(TRUST_PASSWORD, TestCertificate.PASSWORD);
  }

  @AfterAll
  static void trustTheWorldAgain() {
    System.clearProperty(TRUST_STORE);
    System.clearProperty(TRUST_PASSWORD);
  }

  @BeforeEach
  void start() throws Exception {
    simulator = simulator(Duration.ofHours(1));
  }

  private static GraphSimulator simulator(Duration tokenLifetime) throws Exception {
    return GraphSimulator.builder()
        .samples()
        .tls(certificate.tls())
        .tokenLifetime(tokenLifetime)
        .app(App.withSecret(TENANT, "reader", "s3cr3t"))
        .app(App.withCertificate(TENANT, "signer", certificate.publicPem()))
        .build()
        .start();
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void readsMail_withSecretAndCertificate() throws Exception {
    for (Credentials credentials :
        new Credentials[] {
          SECRET,
          new Credentials.ClientCertificate(TENANT, "signer", certificate.pem(), null),
          new Credentials.ClientCertificate(
              TENANT, "signer", certificate.pfx(), TestCertificate.PASSWORD)
        }) {
      GraphMailSource source = source(simulator, credentials);

      source.check();

      assertThat(source.changes(ORDERS, source.folder(ORDERS, "inbox"), null).mails())
          .as(credentials.toString())
          .isNotEmpty();
    }
    assertThat(simulator.issuedTokens()).as("one for each, however many requests").isEqualTo(3);
  }

  @Test
  void saysThatTheCertificateIsNotRegistered_whenItIsNot() throws Exception {
    Credentials stranger =
        new Credentials.ClientCertificate(TENANT, "reader", certificate.pem(), null);

    MailSourceException failure = failure(source(simulator, stranger));

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure).hasMessageContaining("AADSTS700027").hasMessageContaining("not registered");
  }

  @Test
  void takesTheNewCertificate_whenItsFileIsReplaced(@TempDir Path stranger) throws Exception {
    Path file = new TestCertificate(stranger).pem();
    GraphMailSource source =
        source(simulator, new Credentials.ClientCertificate(TENANT, "signer", file, null));
    assertThat(failure(source)).hasMessageContaining("AADSTS700027");

    Files.copy(certificate.pem(), file, StandardCopyOption.REPLACE_EXISTING);

    source.check();
  }

  @Test
  void goesOnWithANewToken_whenGraphTakesTheOldOneNoMore() throws Exception {
    GraphMailSource source = source(simulator, SECRET);
    source.check();

    simulator.expireTokens();
    source.check();
    assertThat(simulator.issuedTokens()).isEqualTo(2);

    simulator.faults().add(Fault.times(1, Match.path("/users"), new Effect.ExpireTokens(true)));
    source.check();
    source.check();
    assertThat(simulator.issuedTokens()).as("one for the claims").isEqualTo(3);
  }

  @Test
  void asksOnlyOnceMore_whenGraphTakesNoToken() throws Exception {
    GraphMailSource source = source(simulator, SECRET);
    simulator.faults().add(Fault.always(Match.path("/users"), new Effect.ExpireTokens(false)));

    MailSourceException failure = failure(source);

    assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
    assertThat(failure).hasMessageContaining("Graph does not accept the token");
    assertThat(simulator.issuedTokens()).isEqualTo(2);
  }

  @Test
  void renewsATokenThatIsAboutToExpire() throws Exception {
    try (GraphSimulator hasty = simulator(Duration.ofSeconds(60))) {
      GraphMailSource source = source(hasty, SECRET);

      source.check();
      source.check();

      assertThat(hasty.issuedTokens()).isEqualTo(2);
    }
  }

  @Test
  void recovers_whenTheSecretIsGoodAgain() throws Exception {
    GraphMailSource source = source(simulator, SECRET);
    simulator
        .faults()
        .add(Fault.times(1, Match.path("/*/oauth2/v2.0/token"), new Effect.Login(7000222)));

    assertThat(failure(source))
        .hasMessageContaining("AADSTS7000222, the client secret has expired");
    source.check();
  }

  @Test
  void asksTheMachine_forItsManagedIdentity() {
    try (ScriptedServer machine = new ScriptedServer()) {
      machine.thenJson(200, TOKEN.replace("}", ",\"expires_on\":\"4102444800\"}"));

      connectsNowhere(machine, new Credentials.ManagedIdentity(null));
      connectsNowhere(machine, new Credentials.ManagedIdentity("my-client"));

      assertThat(machine.seen).hasSize(2);
      assertThat(machine.seen.get(0).uri())
          .startsWith("/metadata/identity/oauth2/token?")
          .contains("resource=https%3A%2F%2F127.0.0.1%3A1")
          .doesNotContain("client_id");
      assertThat(machine.seen.get(1).uri()).contains("client_id=my-client");
    }
  }

  @Test
  void saysThatTheMachineHasNoIdentity_whenItHasNone() {
    try (ScriptedServer machine = new ScriptedServer()) {
      machine.thenJson(
          400, "{\"error\":\"invalid_request\",\"error_description\":\"Identity not found\"}");

      MailSourceException failure =
          failure(nowhere(machine, new Credentials.ManagedIdentity("my-client")));

      assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(failure)
          .hasMessageContaining("no managed identity with the AZURE_CLIENT_ID my-client");
    }
  }

  @Test
  void exchangesTheFederatedToken() throws Exception {
    Path file = Files.writeString(directory.resolve("token"), "kubernetes-token");
    Credentials workload = new Credentials.WorkloadIdentity(TENANT, "app", file);
    try (ScriptedServer login = new ScriptedServer()) {
      login.thenJson(200, TOKEN);

      connectsNowhere(login, workload);

      assertThat(login.seen).hasSize(1);
      assertThat(login.seen.get(0).uri()).isEqualTo("/contoso.example/oauth2/v2.0/token");
      assertThat(login.seen.get(0).body())
          .contains("client_assertion=kubernetes-token", "client_id=app");
    }
  }

  @Test
  void saysThatTheFederatedTokenIsNotThere_whenItIsNot() {
    Credentials workload =
        new Credentials.WorkloadIdentity(TENANT, "app", directory.resolve("absent"));
    try (ScriptedServer login = new ScriptedServer()) {
      login.thenJson(200, TOKEN);

      MailSourceException failure = failure(nowhere(login, workload));

      assertThat(failure.kind()).isEqualTo(Kind.UNAUTHENTICATED);
      assertThat(failure).hasMessageContaining("AZURE_FEDERATED_TOKEN_FILE");
    }
  }

  /** Nobody listens where Graph should be: what fails after the login is the connection. */
  private static void connectsNowhere(ScriptedServer login, Credentials credentials) {
    GraphMailSource source = nowhere(login, credentials);
    for (int i = 0; i < 2; i++) {
      assertThat(failure(source)).hasMessageContaining("no connection to Graph");
    }
  }

  private static GraphMailSource nowhere(ScriptedServer login, Credentials credentials) {
    return new GraphMailSource(
        new GraphSettings("https://127.0.0.1:1/v1.0", "https://login.contoso.example", credentials),
        () -> new Redirected(URI.create(login.url())));
  }

  private static MailSourceException failure(GraphMailSource source) {
    return catchThrowableOfType(MailSourceException.class, source::check);
  }

  private static GraphMailSource source(GraphSimulator simulator, Credentials credentials)
      throws Exception {
    Redirected login = new Redirected(simulator.authorityHost(), certificate.tls());
    return new GraphMailSource(
        new GraphSettings(
            simulator.baseUri().toString(), "https://login.contoso.example", credentials),
        () -> login);
  }
}
