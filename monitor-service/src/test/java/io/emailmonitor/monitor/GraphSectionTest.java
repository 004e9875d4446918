package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.emailmonitor.monitor.graph.CertificateFile;
import io.emailmonitor.monitor.graph.Credentials;
import io.emailmonitor.monitor.graph.GraphSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where Graph is and how to sign in there, as environment variables say it. */
class GraphSectionTest {
  private static final Map<String, String> APPLICATION =
      Map.of("AZURE_TENANT_ID", "contoso.example", "AZURE_CLIENT_ID", "app");
  private static final Map<String, String> SECRET =
      with(APPLICATION, "AZURE_CLIENT_SECRET", "s3cr3t");

  @Test
  void signsInWithWhatTheOtherVariablesMakePossible() throws IOException {
    assertThat(settings(SECRET).credentials())
        .isEqualTo(new Credentials.ClientSecret("contoso.example", "app", "s3cr3t"));
    assertThat(
            settings(with(APPLICATION, "AZURE_CLIENT_CERTIFICATE_PATH", "app.pem")).credentials())
        .isEqualTo(
            new Credentials.ClientCertificate("contoso.example", "app", Path.of("app.pem"), null));
    assertThat(settings(with(APPLICATION, "AZURE_FEDERATED_TOKEN_FILE", "token")).credentials())
        .isEqualTo(new Credentials.WorkloadIdentity("contoso.example", "app", Path.of("token")));
    assertThat(settings(Map.of("GRAPH_STATIC_TOKEN", "t")).credentials())
        .isEqualTo(new Credentials.StaticToken("t"));
    assertThat(settings(with(SECRET, "GRAPH_STATIC_TOKEN", "t")).credentials().method())
        .isEqualTo("client-secret");
    assertThat(
            settings(with(SECRET, "GRAPH_STATIC_TOKEN", "t", "GRAPH_BASE_URL", "http://sim"))
                .credentials()
                .method())
        .isEqualTo("static-token");
  }

  @Test
  void signsInAsIsSaid_whenSeveralWaysArePossible() throws IOException {
    Map<String, String> all =
        with(
            SECRET,
            "AZURE_CLIENT_CERTIFICATE_PATH",
            "app.pfx",
            "AZURE_CLIENT_CERTIFICATE_PASSWORD",
            "p",
            "AZURE_FEDERATED_TOKEN_FILE",
            "token",
            "GRAPH_STATIC_TOKEN",
            "t");

    for (String method :
        new String[] {
          "client-secret",
          "client-certificate",
          "managed-identity",
          "workload-identity",
          "static-token"
        }) {
      assertThat(settings(with(all, "GRAPH_AUTH", method)).credentials().method())
          .isEqualTo(method);
    }
    assertThat(settings(with(all, "GRAPH_AUTH", "client-certificate")).credentials())
        .isEqualTo(
            new Credentials.ClientCertificate("contoso.example", "app", Path.of("app.pfx"), "p"));
    assertThat(settings(Map.of("GRAPH_AUTH", "managed-identity")).credentials())
        .isEqualTo(new Credentials.ManagedIdentity(null));
    assertThat(
            settings(Map.of("GRAPH_AUTH", "managed-identity", "AZURE_CLIENT_ID", "c"))
                .credentials())
        .isEqualTo(new Credentials.ManagedIdentity("c"));
  }

  @ParameterizedTest
  @CsvSource({
    ",           ,                                        ,                                        https://graph.microsoft.com, https://login.microsoftonline.com",
    "us-gov,     ,                                        ,                                        https://graph.microsoft.us, https://login.microsoftonline.us",
    "us-gov-dod, ,                                        ,                                        https://dod-graph.microsoft.us, https://login.microsoftonline.us",
    "china,      ,                                        ,                                        https://microsoftgraph.chinacloudapi.cn, https://login.chinacloudapi.cn",
    ",           https://login.microsoftonline.us/,       ,                                        https://graph.microsoft.us, https://login.microsoftonline.us",
    ",           https://login.microsoftonline.us,        https://dod-graph.microsoft.us/v1.0,     https://dod-graph.microsoft.us, https://login.microsoftonline.us",
    ",           https://login.partner.microsoftonline.cn,,                                        https://microsoftgraph.chinacloudapi.cn, https://login.partner.microsoftonline.cn",
    ",           ,                                        https://microsoftgraph.chinacloudapi.cn, https://microsoftgraph.chinacloudapi.cn, https://login.chinacloudapi.cn",
    ",           ,                                        https://proxy.example/v1.0,              https://proxy.example, https://login.microsoftonline.com",
    "us-gov,     https://login.example,                   https://proxy.example,                   https://proxy.example, https://login.example",
  })
  void pairsGraphAndLoginService(
      String cloud, String authority, String baseUrl, String graph, String login)
      throws IOException {
    Map<String, String> environment = new HashMap<>(SECRET);
    environment.put("AZURE_CLOUD", cloud);
    environment.put("AZURE_AUTHORITY_HOST", authority);
    environment.put("GRAPH_BASE_URL", baseUrl);

    GraphSettings settings = settings(environment);

    assertThat(settings.baseUrl()).isEqualTo(graph + "/v1.0");
    assertThat(settings.scope()).isEqualTo(graph + "/.default");
    assertThat(settings.authorityHost()).isEqualTo(login);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "china | https://login.microsoftonline.com | | AZURE_AUTHORITY_HOST belongs to the cloud public, but AZURE_CLOUD to china; it must be https://login.chinacloudapi.cn, or not set",
        "public | | https://graph.microsoft.us | GRAPH_BASE_URL belongs to the cloud us-gov, but AZURE_CLOUD to public; it must be https://graph.microsoft.com, or not set",
        "us-gov-dod | | https://graph.microsoft.us | GRAPH_BASE_URL belongs to the cloud us-gov, but AZURE_CLOUD to us-gov-dod",
        "| https://login.microsoftonline.us | https://graph.microsoft.com/v1.0 | AZURE_AUTHORITY_HOST belongs to the cloud us-gov, but GRAPH_BASE_URL to public; it must be https://login.microsoftonline.com",
        "germany | | | AZURE_CLOUD is \"germany\"; it must be one of [public, us-gov, us-gov-dod, china]",
      })
  void refusesAPairOfDifferentClouds(
      String cloud, String authority, String baseUrl, String expected) throws IOException {
    Map<String, String> environment = new HashMap<>(SECRET);
    environment.put("AZURE_CLOUD", cloud);
    environment.put("AZURE_AUTHORITY_HOST", authority);
    environment.put("GRAPH_BASE_URL", baseUrl);

    assertThat(problems(environment))
        .startsWith("Email Monitor cannot start: a setting is wrong")
        .contains(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://sim:8080",
        "http://sim:8080/",
        "http://sim:8080/v1.0",
        "http://sim:8080/v1.0/",
        " http://sim:8080/v1.0// "
      })
  void addsTheVersion_whereItIsMissing(String baseUrl) throws IOException {
    assertThat(settings(Map.of("GRAPH_BASE_URL", baseUrl, "GRAPH_STATIC_TOKEN", "t")).baseUrl())
        .isEqualTo("http://sim:8080/v1.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "GRAPH_BASE_URL      | graph.microsoft.com       | GRAPH_BASE_URL is \"graph.microsoft.com\"; it must be https or http and a host",
        "GRAPH_BASE_URL      | ftp://graph.microsoft.com | GRAPH_BASE_URL is \"ftp:",
        "GRAPH_BASE_URL      | https://h/v1.0?x=1        | GRAPH_BASE_URL holds a user, a query",
        "GRAPH_BASE_URL      | https://a b               | GRAPH_BASE_URL is no valid address",
        "GRAPH_BASE_URL      | https://me:s3cr3t@host    | GRAPH_BASE_URL holds a user",
        "GRAPH_BASE_URL      | http://sim:8080           | GRAPH_BASE_URL is plain http, over which a real token must not travel; it must be https, or http together with GRAPH_AUTH=static-token",
        "GRAPH_AUTH          | password                  | GRAPH_AUTH is \"password\"; it must be one of [client-secret, client-certificate, managed-identity, workload-identity, static-token]",
        "GRAPH_AUTH          | static-token              | GRAPH_STATIC_TOKEN is not set",
        "GRAPH_AUTH          | client-certificate        | AZURE_CLIENT_CERTIFICATE_PATH is not set",
        "GRAPH_AUTH          | workload-identity         | AZURE_FEDERATED_TOKEN_FILE is not set",
        "AZURE_AUTHORITY_HOST| http://login              | AZURE_AUTHORITY_HOST is \"http://login\"; it must be https and a host",
        "AZURE_TENANT_ID     | my tenant                 | AZURE_TENANT_ID is \"my tenant\"; it must be the tenant's id or domain name",
        "AZURE_CLIENT_ID     | ''                        | AZURE_CLIENT_ID is not set",
      })
  void namesTheVariableAndWhatIsAllowed_whenItIsWrong(String name, String value, String expected)
      throws IOException {
    assertThat(problems(with(SECRET, name, value)))
        .startsWith("Email Monitor cannot start: a setting is wrong")
        .contains(expected)
        .doesNotContain("s3cr3t");
  }

  @Test
  void tellsAllProblemsAtOnce() throws IOException {
    assertThat(problems(Map.of("GRAPH_BASE_URL", "nowhere", "AZURE_AUTHORITY_HOST", "ftp://x")))
        .startsWith("Email Monitor cannot start: 5 settings are wrong or missing.")
        .contains("GRAPH_BASE_URL is", "AZURE_AUTHORITY_HOST is", "AZURE_TENANT_ID is not set")
        .contains("AZURE_CLIENT_ID is not set", "AZURE_CLIENT_SECRET is not set");
    assertThat(problems(Map.of("GRAPH_STATIC_TOKEN", "Bearer s3cr3t")))
        .contains("GRAPH_STATIC_TOKEN holds a space")
        .doesNotContain("s3cr3t");
  }

  @Test
  void keepsSecretsToItself() throws IOException {
    Map<String, String> all = with(SECRET, "AZURE_CLIENT_CERTIFICATE_PATH", "a.pfx");
    all.put("AZURE_CLIENT_CERTIFICATE_PASSWORD", "s3cr3t");
    all.put("GRAPH_STATIC_TOKEN", "s3cr3t");
    for (String method : new String[] {"client-secret", "client-certificate", "static-token"}) {
      all.put("GRAPH_AUTH", method);
      assertThat(settings(all).toString()).doesNotContain("s3cr3t");
    }
  }

  @Test
  void judgesTheCertificate_beforeItIsUsed(@TempDir Path directory) throws Exception {
    TestCertificate certificate = new TestCertificate(directory);
    Path openssl = directory.resolve("openssl.pem");
    Files.writeString(
        openssl, Files.readString(certificate.pem()).replace("PRIVATE KEY", "RSA PRIVATE KEY"));

    assertThat(probe(certificate.pem(), "")).isEmpty();
    assertThat(probe(certificate.pfx(), TestCertificate.PASSWORD)).isEmpty();
    assertThat(CertificateFile.read(certificate.pem(), null).validUntil()).isAfter(Instant.now());
    assertThat(probe(certificate.pfx(), "guess"))
        .contains("AZURE_CLIENT_CERTIFICATE_PATH is \"" + certificate.pfx())
        .contains("which is a PFX file that the password does not open")
        .contains("AZURE_CLIENT_CERTIFICATE_PASSWORD")
        .doesNotContain("guess");
    assertThat(probe(certificate.pfx(), "")).contains("password does not open");
    assertThat(probe(certificate.publicPem(), "")).contains("which holds no private key");
    assertThat(probe(openssl, "")).contains("openssl pkcs8 -topk8 -nocrypt");
    assertThat(probe(directory.resolve("absent"), "")).contains("which is not there");
    assertThat(probe(Files.writeString(directory.resolve("text"), "hello"), ""))
        .contains("neither PEM nor PFX");
    assertThat(probe(with(APPLICATION, "AZURE_FEDERATED_TOKEN_FILE", directory.resolve("no") + "")))
        .contains("AZURE_FEDERATED_TOKEN_FILE is \"")
        .contains("which cannot be read");
  }

  private static String probe(Path certificate, String password) throws IOException {
    return probe(
        with(
            APPLICATION,
            "AZURE_CLIENT_CERTIFICATE_PATH",
            certificate.toString(),
            "AZURE_CLIENT_CERTIFICATE_PASSWORD",
            password));
  }

  private static String probe(Map<String, String> environment) throws IOException {
    SettingsFactory.Loaded loaded = load(environment);
    loaded.configuration().graph().probe(loaded.problems());
    return loaded.problems().describe();
  }

  private static GraphSettings settings(Map<String, String> environment) throws IOException {
    SettingsFactory.Loaded loaded = load(environment);
    assertThat(loaded.problems().none()).as(loaded.problems().describe()).isTrue();
    return loaded.configuration().graph().settings();
  }

  private static String problems(Map<String, String> environment) throws IOException {
    return load(environment).problems().describe();
  }

  private static SettingsFactory.Loaded load(Map<String, String> environment) throws IOException {
    Map<String, String> complete = new HashMap<>(environment);
    complete.put("EMAIL_GROUPS", "contoso.example");
    ConfigurationSourceProvider packaged = SettingsFactory::open;
    return TestSettings.factory(complete).load(packaged, SettingsFactory.PACKAGED);
  }

  private static Map<String, String> with(Map<String, String> environment, String... more) {
    Map<String, String> all = new HashMap<>(environment);
    for (int i = 0; i < more.length; i += 2) {
      all.put(more[i], more[i + 1]);
    }
    return all;
  }
}
