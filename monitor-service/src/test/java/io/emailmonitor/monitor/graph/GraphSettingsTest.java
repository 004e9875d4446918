package io.emailmonitor.monitor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.jackson.Jackson;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphSettingsTest {
  private static final ObjectMapper JSON = Jackson.newObjectMapper();
  private static final Map<String, Object> APPLICATION =
      Map.of("tenantId", "contoso.example", "clientId", "app", "clientSecret", "s3cr3t");

  @Test
  void takesPublicCloudAndClientSecret_whenOnlyTheApplicationIsSet() {
    GraphSettings settings = settings(APPLICATION);

    assertThat(settings.baseUrl()).isEqualTo("https://graph.microsoft.com/v1.0");
    assertThat(settings.auth()).isEqualTo("client-secret");
    assertThat(settings.authorityHost()).isEqualTo("https://login.microsoftonline.com");
    assertThat(settings.scope()).isEqualTo("https://graph.microsoft.com/.default");
    assertThat(settings.readTimeout().toSeconds()).isEqualTo(60);
    assertThat(settings.pageSize()).isEqualTo(50);
    assertThat(settings.maxRequests()).isEqualTo(16);
  }

  @Test
  void takesEverySetting() {
    GraphSettings settings =
        settings(
            Map.of(
                "baseUrl", "https://graph.microsoft.us",
                "auth", "client-secret",
                "tenantId", "t",
                "clientId", "c",
                "clientSecret", "s",
                "authorityHost", "https://login.microsoftonline.us/",
                "readTimeout", "5s",
                "pageSize", 7,
                "maxRequests", 3));

    assertThat(settings.scope()).isEqualTo("https://graph.microsoft.us/.default");
    assertThat(settings.authorityHost()).isEqualTo("https://login.microsoftonline.us");
    assertThat(settings.readTimeout().toSeconds()).isEqualTo(5);
    assertThat(settings.pageSize()).isEqualTo(7);
    assertThat(settings.maxRequests()).isEqualTo(3);
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
  void addsTheVersion_whereItIsMissing(String baseUrl) {
    assertThat(settings(Map.of("baseUrl", baseUrl, "staticToken", "t")).baseUrl())
        .isEqualTo("http://sim:8080/v1.0");
  }

  @Test
  void choosesTheStaticToken_whenNothingElseIsPossible() {
    assertThat(settings(Map.of("staticToken", "t")).auth()).isEqualTo("static-token");
    assertThat(settings(with(Map.of("staticToken", "t"))).auth()).isEqualTo("client-secret");
    assertThat(settings(with(Map.of("staticToken", "t", "baseUrl", "http://sim"))).auth())
        .isEqualTo("static-token");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "baseUrl      | graph.microsoft.com       | GRAPH_BASE_URL: is 'graph.microsoft.com'",
        "baseUrl      | ftp://graph.microsoft.com | GRAPH_BASE_URL: is 'ftp:",
        "baseUrl      | https://h/v1.0?x=1        | GRAPH_BASE_URL: holds a user, a query",
        "baseUrl      | https://a b               | GRAPH_BASE_URL: is no valid address",
        "baseUrl      | http://sim:8080           | GRAPH_BASE_URL: is plain http",
        "auth         | password                  | GRAPH_AUTH: is 'password'; allowed: client-secret, static-token",
        "auth         | managed-identity          | GRAPH_AUTH: is managed-identity, which a later version brings",
        "auth         | workload-identity         | a later version",
        "auth         | client-certificate        | a later version",
        "auth         | static-token              | GRAPH_STATIC_TOKEN: is not set",
        "staticToken  | Bearer abc                | GRAPH_STATIC_TOKEN: holds a space",
        "authorityHost| http://login              | AZURE_AUTHORITY_HOST: is 'http://login'; allowed: https",
        "tenantId     | my tenant                 | AZURE_TENANT_ID: is 'my tenant'",
        "pageSize     | 0                         | graph.pageSize: is 0; allowed: 1 to 1000",
        "maxRequests  | 0                         | graph.maxRequests: is 0",
        "readTimeout  | 0s                        | graph.readTimeout"
      })
  void namesTheSettingAndWhatIsAllowed_whenItIsWrong(String key, String value, String message) {
    assertRefused(() -> settings(with(Map.of(key, value))), message);
  }

  @Test
  void namesAllThatIsMissing() {
    assertRefused(
        () -> settings(Map.of("clientId", "app", "tenantId", " ")),
        "AZURE_TENANT_ID, AZURE_CLIENT_SECRET: not set");
  }

  @Test
  void keepsSecretsToItself() {
    assertThat(settings(with(Map.of("staticToken", "t0k3n"))).toString())
        .contains("contoso.example")
        .doesNotContain("s3cr3t", "t0k3n");
    assertThatThrownBy(() -> settings(with(Map.of("baseUrl", "https://me:s3cr3t@host"))))
        .hasMessageContaining("GRAPH_BASE_URL")
        .hasMessageNotContaining("s3cr3t");
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .rootCause()
        .hasMessageContaining(message);
  }

  private static Map<String, Object> with(Map<String, Object> more) {
    Map<String, Object> all = new java.util.HashMap<>(APPLICATION);
    all.putAll(more);
    return all;
  }

  private static GraphSettings settings(Map<String, Object> values) {
    ObjectNode node = JSON.valueToTree(values);
    return JSON.convertValue(node, GraphSettings.class);
  }
}
