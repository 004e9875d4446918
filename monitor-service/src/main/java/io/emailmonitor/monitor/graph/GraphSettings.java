package io.emailmonitor.monitor.graph;

import io.dropwizard.util.Duration;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where Graph is and how to log in there. Blank means not set; what is wrong is reported under the
 * name of the environment variable that sets it.
 *
 * @param baseUrl where Graph is, made to end in the API version
 * @param auth how to log in: {@code client-secret} or {@code static-token}; when not set, what the
 *     other settings make possible
 * @param authorityHost who issues tokens
 * @param staticToken a bearer token used as it is, for simulators
 * @param readTimeout how long an answer may stand still
 * @param pageSize messages asked for in one request
 * @param maxRequests requests in flight over all mailboxes
 */
public record GraphSettings(
    String baseUrl,
    String auth,
    String tenantId,
    String clientId,
    String clientSecret,
    String authorityHost,
    String staticToken,
    Duration readTimeout,
    Integer pageSize,
    Integer maxRequests) {
  static final String CLIENT_SECRET = "client-secret";
  static final String STATIC_TOKEN = "static-token";

  private static final Set<String> LATER =
      Set.of("client-certificate", "managed-identity", "workload-identity");
  private static final String VERSION = "/v1.0";

  public GraphSettings {
    staticToken = token(text(staticToken));
    clientSecret = text(clientSecret);
    baseUrl = baseUrl(text(baseUrl));
    boolean plainHttp = baseUrl.startsWith("http:");
    auth = auth(text(auth), !staticToken.isEmpty() && (plainHttp || clientSecret.isEmpty()));
    tenantId = text(tenantId);
    clientId = text(clientId);
    authorityHost = authorityHost(text(authorityHost));
    readTimeout = readTimeout == null ? Duration.seconds(60) : readTimeout;
    pageSize = within("graph.pageSize", pageSize, 50, 1000);
    maxRequests = within("graph.maxRequests", maxRequests, 16, 1000);
    if (readTimeout.toMilliseconds() < 1) {
      throw wrong("graph.readTimeout", "is " + readTimeout, "60s or another time above zero");
    }
    if (auth.equals(STATIC_TOKEN)) {
      if (staticToken.isEmpty()) {
        throw wrong(
            "GRAPH_STATIC_TOKEN", "is not set", "the token that GRAPH_AUTH=static-token uses");
      }
    } else {
      requireApplication(tenantId, clientId, clientSecret);
      if (plainHttp) {
        throw wrong(
            "GRAPH_BASE_URL",
            "is plain http, over which a client secret's tokens must not travel",
            "https, or http together with GRAPH_AUTH=static-token for a simulator");
      }
    }
  }

  /** The permission to ask for: whatever the administrator granted to the application. */
  String scope() {
    URI url = URI.create(baseUrl);
    return url.getScheme() + "://" + url.getAuthority() + "/.default";
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }

  private static String token(String token) {
    // The HTTP client would refuse such a header and quote it.
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw wrong(
          "GRAPH_STATIC_TOKEN",
          "holds a space, a line break or a character beyond ASCII",
          "the bare token, without 'Bearer'");
    }
    return token;
  }

  private static String baseUrl(String value) {
    String url = value.isEmpty() ? "https://graph.microsoft.com" : value;
    String checked =
        address("GRAPH_BASE_URL", url, Set.of("https", "http"), "https://graph.microsoft.com");
    return checked.endsWith(VERSION) ? checked : checked + VERSION;
  }

  private static String authorityHost(String value) {
    String url = value.isEmpty() ? "https://login.microsoftonline.com" : value;
    return address(
        "AZURE_AUTHORITY_HOST", url, Set.of("https"), "https://login.microsoftonline.com");
  }

  private static String address(String name, String value, Set<String> schemes, String example) {
    String allowed = String.join(" or ", schemes) + " and a host, such as " + example;
    try {
      URI url = new URI(value.replaceFirst("/+$", ""));
      String scheme = url.getScheme() == null ? "" : url.getScheme();
      if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getFragment() != null) {
        throw wrong(name, "holds a user, a query or a fragment", allowed);
      }
      if (url.getHost() == null || !schemes.contains(scheme)) {
        throw wrong(name, "is '" + value + "'", allowed);
      }
      return url.toString();
    } catch (URISyntaxException e) {
      throw wrong(name, "is no valid address (" + e.getReason() + ")", allowed);
    }
  }

  private static String auth(String value, boolean preferToken) {
    if (value.isEmpty()) {
      return preferToken ? STATIC_TOKEN : CLIENT_SECRET;
    }
    if (LATER.contains(value)) {
      throw wrong("GRAPH_AUTH", "is " + value + ", which a later version brings", "client-secret");
    }
    if (!value.equals(CLIENT_SECRET) && !value.equals(STATIC_TOKEN)) {
      throw wrong("GRAPH_AUTH", "is '" + value + "'", "client-secret, static-token");
    }
    return value;
  }

  private static void requireApplication(String tenant, String client, String secret) {
    List<String> missing = new ArrayList<>();
    if (tenant.isEmpty()) {
      missing.add("AZURE_TENANT_ID");
    }
    if (client.isEmpty()) {
      missing.add("AZURE_CLIENT_ID");
    }
    if (secret.isEmpty()) {
      missing.add("AZURE_CLIENT_SECRET");
    }
    if (!missing.isEmpty()) {
      throw wrong(
          String.join(", ", missing),
          "not set",
          "tenant, client id and client secret of the app registration"
              + " (or GRAPH_STATIC_TOKEN for a simulator)");
    }
    if (!tenant.matches("[A-Za-z0-9.-]+")) {
      throw wrong("AZURE_TENANT_ID", "is '" + tenant + "'", "the tenant's id or domain name");
    }
  }

  private static int within(String name, @Nullable Integer value, int byDefault, int max) {
    int number = value == null ? byDefault : value;
    if (number < 1 || number > max) {
      throw wrong(name, "is " + number, "1 to " + max);
    }
    return number;
  }

  private static IllegalArgumentException wrong(String name, String problem, String allowed) {
    return new IllegalArgumentException(name + ": " + problem + "; allowed: " + allowed);
  }

  /** Leaves out the secrets. */
  @Override
  public String toString() {
    return "GraphSettings[baseUrl=%s, auth=%s, tenantId=%s, clientId=%s, authorityHost=%s]"
        .formatted(baseUrl, auth, tenantId, clientId, authorityHost);
  }
}
