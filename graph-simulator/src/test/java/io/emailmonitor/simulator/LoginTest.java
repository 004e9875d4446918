package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import io.emailmonitor.simulator.login.App;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.PSSParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoginTest {

  private static final String TENANT = "tenant.example";
  private static final String SCOPE = "https://graph.microsoft.com/.default";
  private static final String ASSERTION =
      "&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer"
          + "&client_assertion=";

  /** A key and its certificate: the server's for HTTPS and, to save time, an application's too. */
  private static Path folder = Path.of("set before all");

  private GraphSimulator simulator;
  private GraphClient graph;

  @BeforeAll
  static void makeKey(@TempDir Path made) throws Exception {
    folder = made;
    keytool("-genkeypair", "-keyalg", "RSA", "-dname", "CN=sim", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", "sim.pem");
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new java.util.ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(arguments));
    command.addAll(List.of("-alias", "sim", "-keystore", "sim.p12", "-storepass", "changeit"));
    Process keytool =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue())
        .as(new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .isZero();
  }

  private static GraphSimulator.Builder builder() {
    Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
    return GraphSimulator.builder()
        .app(new App(TENANT, "with-secret", "s3cret", tomorrow, null))
        .app(App.withCertificate(TENANT, "with-certificate", folder.resolve("sim.pem")));
  }

  @BeforeEach
  void start() throws IOException {
    simulator = builder().build().start();
    graph = new GraphClient(simulator);
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  private GraphClient.Answer ask(String tenant, String form) {
    return graph.send(
        "POST",
        simulator.authorityHost() + "/" + tenant + "/oauth2/v2.0/token",
        "grant_type=client_credentials&scope=" + SCOPE + '&' + form,
        "Content-Type: application/x-www-form-urlencoded");
  }

  private String token() {
    return ask(TENANT, "client_id=with-secret&client_secret=s3cret")
        .json()
        .path("access_token")
        .asText();
  }

  private GraphClient.Answer users(String token) {
    return graph.with(token, "/users");
  }

  @Test
  void givesTokensToMicrosoftsLibrary_forSecretAndCertificate() throws Exception {
    Path keystore = folder.resolve("sim.p12");
    try (GraphSimulator https = builder().tls(Main.tls(keystore)).build().start()) {
      HttpClient http =
          new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(trusting()))
              .build();
      TokenCredential secret =
          new ClientSecretCredentialBuilder()
              .tenantId(TENANT)
              .clientId("with-secret")
              .clientSecret("s3cret")
              .authorityHost(https.authorityHost().toString())
              .disableInstanceDiscovery()
              .httpClient(http)
              .build();
      TokenCredential certificate =
          new ClientCertificateCredentialBuilder()
              .tenantId(TENANT)
              .clientId("with-certificate")
              .pfxCertificate(keystore.toString())
              .clientCertificatePassword("changeit")
              .authorityHost(https.authorityHost().toString())
              .disableInstanceDiscovery()
              .httpClient(http)
              .build();
      for (TokenCredential credential : List.of(secret, certificate)) {
        String token =
            credential.getTokenSync(new TokenRequestContext().addScopes(SCOPE)).getToken();
        assertThat(https.isGood(token)).isTrue();
      }
      assertThat(https.issuedTokens()).isEqualTo(2);
      TokenCredential wrong =
          new ClientSecretCredentialBuilder()
              .tenantId(TENANT)
              .clientId("with-secret")
              .clientSecret("guess")
              .authorityHost(https.authorityHost().toString())
              .disableInstanceDiscovery()
              .httpClient(http)
              .build();
      assertThatThrownBy(() -> wrong.getTokenSync(new TokenRequestContext().addScopes(SCOPE)))
          .hasMessageContaining("AADSTS7000215");
    }
  }

  private static SSLContext trusting() throws GeneralSecurityException, IOException {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("sim", keys().getCertificate("sim"));
    TrustManagerFactory factory =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, factory.getTrustManagers(), null);
    return context;
  }

  private static KeyStore keys() throws GeneralSecurityException, IOException {
    return KeyStore.getInstance(folder.resolve("sim.p12").toFile(), "changeit".toCharArray());
  }

  @ParameterizedTest
  @CsvSource({
    "other.example,  client_id=with-secret&client_secret=s3cret, 400, invalid_request, 90002",
    "tenant.example, client_id=other&client_secret=s3cret,       400, unauthorized_client, 700016",
    "tenant.example, client_id=with-secret&client_secret=guess,  401, invalid_client, 7000215",
    "tenant.example, client_id=with-secret,                      401, invalid_client, 7000218",
    "tenant.example, client_secret=s3cret,                       400, invalid_request, 900144",
    "tenant.example, client_id=with-secret&client_secret=s3cret&scope=Mail.Read, 400, invalid_scope, 1002012",
    "tenant.example, client_id=with-secret&grant_type=password,  400, unsupported_grant_type, 70003",
    "tenant.example, client_id=with-certificate&client_secret=x, 401, invalid_client, 7000215",
  })
  void refusesAsEntraDoes(String tenant, String form, int status, String error, int code) {
    GraphClient.Answer answer = ask(tenant, form);
    assertThat(answer.status()).isEqualTo(status);
    assertThat(answer.json().path("error").asText()).isEqualTo(error);
    assertThat(answer.json().path("error_codes").get(0).asInt()).isEqualTo(code);
    assertThat(answer.json().path("error_description").asText())
        .startsWith("AADSTS" + code + ": ")
        .contains(" Trace ID: ", " Correlation ID: ", " Timestamp: ")
        .doesNotContain("s3cret", "guess");
    assertThat(answer.json().path("error_uri").asText()).endsWith("error?code=" + code);
  }

  @Test
  void refusesTheSecret_onceItHasExpired() {
    simulator.advance(Duration.ofDays(2));
    assertThat(ask(TENANT, "client_id=with-secret&client_secret=s3cret").text())
        .contains("AADSTS7000222");
  }

  @Test
  void takesAssertions_signedWithTheRegisteredKeyAndInTime() throws Exception {
    long now = Instant.now().getEpochSecond();
    String thumbprint = thumbprint();
    String client = "client_id=with-certificate" + ASSERTION;
    for (String algorithm : List.of("RS256", "PS256")) {
      String jwt = jwt(algorithm, thumbprint, now + 600);
      assertThat(ask(TENANT, client + jwt).status()).as(algorithm).isEqualTo(200);
    }
    assertThat(ask(TENANT, client + jwt("RS256", thumbprint, now - 600)).text())
        .contains("AADSTS700024");
    String other = thumbprint.substring(1) + 'A';
    assertThat(ask(TENANT, client + jwt("RS256", other, now + 600)).text())
        .contains("AADSTS700027");
    String good = jwt("RS256", thumbprint, now + 600);
    String forged = good.substring(0, good.length() - 8) + "AAAAAAAA";
    assertThat(ask(TENANT, client + forged).text()).contains("AADSTS700027");
    assertThat(ask(TENANT, client + "nonsense").text()).contains("AADSTS700027");
    assertThat(ask(TENANT, "client_id=with-secret" + ASSERTION + good).text())
        .as("who has no certificate")
        .contains("AADSTS700027");
  }

  private static String thumbprint() throws Exception {
    byte[] certificate = keys().getCertificate("sim").getEncoded();
    return base64(MessageDigest.getInstance("SHA-1").digest(certificate));
  }

  private static String jwt(String algorithm, String thumbprint, long expires) throws Exception {
    String header =
        "{\"alg\":\"" + algorithm + "\",\"typ\":\"JWT\",\"x5t\":\"" + thumbprint + "\"}";
    String claims =
        "{\"iss\":\"with-certificate\",\"sub\":\"with-certificate\","
            + "\"aud\":\"https://login.example/tenant.example/oauth2/v2.0/token\",\"exp\":"
            + expires
            + "}";
    String signed =
        base64(header.getBytes(StandardCharsets.UTF_8))
            + '.'
            + base64(claims.getBytes(StandardCharsets.UTF_8));
    boolean pss = algorithm.equals("PS256");
    Signature signature = Signature.getInstance(pss ? "RSASSA-PSS" : "SHA256withRSA");
    if (pss) {
      signature.setParameter(
          new PSSParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, 32, 1));
    }
    signature.initSign((PrivateKey) keys().getKey("sim", "changeit".toCharArray()));
    signature.update(signed.getBytes(StandardCharsets.US_ASCII));
    return signed + '.' + base64(signature.sign());
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Test
  void refusesTokens_onceTheyHaveExpired() {
    String token = token();
    assertThat(users(token).status()).isEqualTo(200);
    simulator.advance(Duration.ofHours(1));
    assertThat(users(token).status()).isEqualTo(401);
    String next = token();
    simulator.expireTokens();
    assertThat(users(next).error()).isEqualTo("InvalidAuthenticationToken");
    assertThat(users(token()).status()).isEqualTo(200);
    assertThat(graph.get("/users").status()).as("the simulator's own").isEqualTo(200);
    assertThat(simulator.issuedTokens()).isEqualTo(3);
  }

  @Test
  void asksForClaims_whenTold() {
    String token = token();
    simulator.faults().add(Fault.times(1, Match.path("/users"), new Effect.ExpireTokens(true)));
    String challenge = users(token).header("WWW-Authenticate");
    assertThat(challenge).startsWith("Bearer ").contains("error=\"insufficient_claims\"");
    String claims = challenge.replaceFirst(".*claims=\"([^\"]*)\".*", "$1");
    assertThat(new String(Base64.getDecoder().decode(claims), StandardCharsets.UTF_8))
        .contains("access_token");
    assertThat(users(token).status()).as("for good").isEqualTo(401);
    assertThat(users(token()).status()).isEqualTo(200);
  }

  @Test
  void failsOnDemand() {
    simulator
        .faults()
        .add(Fault.times(1, Match.path("/*/oauth2/v2.0/token"), new Effect.Login(90033)));
    GraphClient.Answer failed = ask(TENANT, "client_id=with-secret&client_secret=s3cret");
    assertThat(failed.status()).isEqualTo(503);
    assertThat(failed.text()).contains("AADSTS90033");
    assertThat(users(token()).status()).isEqualTo(200);
    assertThatThrownBy(() -> new Effect.Login(1)).hasMessageContaining("7000215");
  }

  @Test
  void tellsWhereItIs() {
    String host = simulator.authorityHost().toString();
    JsonNode known = graph.json(host + "/" + TENANT + "/v2.0/.well-known/openid-configuration");
    assertThat(known.path("token_endpoint").asText())
        .isEqualTo(host + "/" + TENANT + "/oauth2/v2.0/token");
    assertThat(graph.json(known.path("jwks_uri").asText()).path("keys")).isEmpty();
    assertThat(graph.get(host + "/nowhere/v2.0/.well-known/openid-configuration").text())
        .contains("AADSTS90002");
    assertThat(
            graph
                .json(host + "/common/discovery/instance?api-version=1.1")
                .at("/metadata/0/aliases/0")
                .asText())
        .isEqualTo(simulator.authorityHost().getAuthority());
  }
}
