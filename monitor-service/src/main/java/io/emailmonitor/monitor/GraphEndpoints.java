package io.emailmonitor.monitor;

import io.emailmonitor.monitor.graph.Cloud;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Graph and the login service that issues its tokens. What is not set follows from what is, and two
 * that belong to different clouds are refused: neither would take the other's tokens.
 *
 * @param graph with the version
 */
record GraphEndpoints(String graph, String authority) {
  private static final String VERSION = "/v1.0";
  private static final String CLOUD = "graph.cloud";
  private static final String GRAPH = "graph.baseUrl";
  private static final String AUTHORITY = "graph.authorityHost";

  static GraphEndpoints of(
      @Nullable Cloud cloud,
      @Nullable String baseUrl,
      @Nullable String authorityHost,
      Problems problems) {
    String graph = address(GRAPH, baseUrl, Set.of("https", "http"), Cloud.PUBLIC.graph(), problems);
    String authority =
        address(AUTHORITY, authorityHost, Set.of("https"), Cloud.PUBLIC.authority(), problems);
    Optional<Cloud> ofGraph = graph == null ? Optional.empty() : Cloud.ofGraph(graph);
    List<Cloud> ofAuthority = authority == null ? List.of() : Cloud.ofAuthority(authority);

    Cloud used = cloud;
    if (used == null) {
      used = ofGraph.orElse(ofAuthority.isEmpty() ? Cloud.PUBLIC : ofAuthority.get(0));
    }
    if (ofGraph.isPresent() && ofGraph.get() != used) {
      mismatch(problems, GRAPH, ofGraph.get(), used, used.graph());
    }
    if (!ofAuthority.isEmpty() && !ofAuthority.contains(used)) {
      String basis = cloud == null ? GRAPH : CLOUD;
      mismatch(problems, AUTHORITY, ofAuthority.get(0), used, used.authority(), basis);
    }
    return new GraphEndpoints(
        withVersion(graph == null ? used.graph() : graph),
        authority == null ? used.authority() : authority);
  }

  static boolean isPlainHttp(@Nullable String url) {
    return url != null && url.strip().toLowerCase(Locale.ROOT).startsWith("http:");
  }

  boolean plainHttp() {
    return isPlainHttp(graph);
  }

  private static void mismatch(
      Problems problems, String key, Cloud is, Cloud used, String allowed) {
    mismatch(problems, key, is, used, allowed, CLOUD);
  }

  private static void mismatch(
      Problems problems, String key, Cloud is, Cloud used, String allowed, String basis) {
    problems.add(
        key,
        "belongs to the cloud %s, but %s to %s"
            .formatted(is.label(), problems.name(basis), used.label()),
        allowed + ", or not set");
  }

  private static String withVersion(String url) {
    return url.endsWith(VERSION) ? url : url + VERSION;
  }

  /** Null when it is not set or of no use. */
  private static @Nullable String address(
      String key, @Nullable String value, Set<String> schemes, String example, Problems problems) {
    if (value == null || value.isBlank()) {
      return null;
    }
    String allowed =
        "%s and a host, such as %s"
            .formatted(schemes.size() == 1 ? "https" : "https or http", example);
    try {
      URI url = new URI(value.strip().replaceFirst("/+$", ""));
      if (url.getRawUserInfo() != null || url.getRawQuery() != null || url.getFragment() != null) {
        problems.add(key, "holds a user, a query or a fragment", allowed);
      } else if (url.getHost() == null || !schemes.contains(String.valueOf(url.getScheme()))) {
        problems.add(key, "is \"" + value + "\"", allowed);
      } else {
        return url.toString();
      }
    } catch (URISyntaxException e) {
      problems.add(key, "is no valid address (" + e.getReason() + ")", allowed);
    }
    return null;
  }
}
