package io.emailmonitor.monitor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Getting a token with a client secret, from a login service of our own. */
class LoginTest {
  private static final String SECRET = "s3cr3t-value";

  private final ScriptedServer login = new ScriptedServer();

  @AfterEach
  void stop() {
    login.close();
  }

  @ParameterizedTest
  @CsvSource({
    "401, 7000215, UNAUTHENTICATED, AZURE_CLIENT_SECRET is not",
    "401, 7000222, UNAUTHENTICATED, the client secret has expired",
    "400, 700016, UNAUTHENTICATED, AZURE_CLIENT_ID",
    "400, 90002, UNAUTHENTICATED, AZURE_TENANT_ID",
    "401, 700024, UNAUTHENTICATED, clock",
    "401, 700027, UNAUTHENTICATED, is not registered with the application",
    "401, 1000502, UNAUTHENTICATED, the certificate has expired",
    "400, 7000229, UNAUTHENTICATED, have an administrator consent",
    "400, 700213, UNAUTHENTICATED, AZURE_FEDERATED_TOKEN_FILE",
    "400, 12345678, UNAUTHENTICATED, error?code=12345678",
    "400, 90033, UNAVAILABLE, AADSTS90033"
  })
  void saysWhatIsWrongWithTheLogin(int status, String code, Kind kind, String words) {
    login.thenJson(
        status,
        """
        {"error":"invalid_client","error_description":"AADSTS%s: You sent %s. Trace ID: 1",
         "error_codes":[%s],"correlation_id":"2"}
        """
            .formatted(code, SECRET, code));

    MailSourceException failure = checkFails();

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure)
        .hasMessageContaining("AADSTS" + code)
        .hasMessageContaining(words)
        .hasMessageNotContaining(SECRET)
        .hasNoCause();
  }

  @Test
  void sendsTheApplicationsSecretOnce_andTheTokenToGraphOnly() {
    login.thenJson(
        200, "{\"token_type\":\"Bearer\",\"expires_in\":3599,\"access_token\":\"issued\"}");

    // Nobody listens where Graph should be: what fails after the login is the connection.
    GraphMailSource source = source();
    for (int i = 0; i < 2; i++) {
      assertThat(catchThrowableOfType(MailSourceException.class, source::check))
          .hasMessageContaining("no connection to Graph");
    }

    assertThat(login.seen).hasSize(1);
    assertThat(login.seen.get(0).uri()).isEqualTo("/contoso.example/oauth2/v2.0/token");
    assertThat(login.seen.get(0).body())
        .contains("grant_type=client_credentials", "client_secret=" + SECRET)
        .contains("https%3A%2F%2F127.0.0.1%3A1%2F.default");
  }

  @Test
  void waits_whenTheLoginServiceAsksForIt() {
    login.thenJson(429, "{\"error\":\"temporarily_unavailable\"}", "Retry-After", "30");

    MailSourceException failure = checkFails();

    assertThat(failure.kind()).isEqualTo(Kind.THROTTLED);
    assertThat(failure.retryAfter()).contains(java.time.Duration.ofSeconds(30));
    assertThat(login.seen).hasSize(1);
  }

  @Test
  void failsForNow_whenTheLoginServiceIsInTrouble() {
    login.then(x -> ScriptedServer.send(x, 503, "text/html", "<html>sorry</html>"));

    assertThat(checkFails())
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("login service");
  }

  @Test
  void failsForNow_whenTheLoginServiceCannotBeReached() {
    login.close();

    assertThat(checkFails())
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("login service");
  }

  private MailSourceException checkFails() {
    return catchThrowableOfType(MailSourceException.class, source()::check);
  }

  private GraphMailSource source() {
    GraphSettings settings =
        new GraphSettings(
            "https://127.0.0.1:1/v1.0",
            "https://login.contoso.example",
            new Credentials.ClientSecret("contoso.example", "app", SECRET));
    return new GraphMailSource(settings, () -> new Redirected(URI.create(login.url())));
  }
}
