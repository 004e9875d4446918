package io.emailmonitor.monitor.graph;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Microsoft's clouds, each with its own Graph and login service. A token of one is none in another.
 */
public enum Cloud {
  /** Worldwide, and the US government's GCC. */
  @JsonProperty("public")
  PUBLIC(
      "https://graph.microsoft.com",
      "https://login.microsoftonline.com",
      Set.of("login.windows.net", "login.microsoft.com", "sts.windows.net")),
  /** GCC High, which Microsoft also calls L4. */
  @JsonProperty("us-gov")
  US_GOV(
      "https://graph.microsoft.us",
      "https://login.microsoftonline.us",
      Set.of("login.usgovcloudapi.net")),
  /** The Department of Defense's, also called L5. */
  @JsonProperty("us-gov-dod")
  US_GOV_DOD(
      "https://dod-graph.microsoft.us",
      "https://login.microsoftonline.us",
      Set.of("login.usgovcloudapi.net")),
  /** Operated by 21Vianet. */
  @JsonProperty("china")
  CHINA(
      "https://microsoftgraph.chinacloudapi.cn",
      "https://login.chinacloudapi.cn",
      Set.of("login.partner.microsoftonline.cn"));

  private final String graph;
  private final String authority;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<String> otherAuthorities;

  Cloud(String graph, String authority, Set<String> otherAuthorities) {
    this.graph = graph;
    this.authority = authority;
    this.otherAuthorities = otherAuthorities;
  }

  /** Where its Graph is, without the version. */
  public String graph() {
    return graph;
  }

  /** Where its tokens come from. */
  public String authority() {
    return authority;
  }

  /** What it is called in settings. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The one that this Graph belongs to; empty for a simulator or a proxy. */
  public static Optional<Cloud> ofGraph(String url) {
    return Arrays.stream(values()).filter(cloud -> host(url).equals(host(cloud.graph))).findFirst();
  }

  /** Those whose tokens come from there; none for a simulator or a proxy. */
  public static List<Cloud> ofAuthority(String url) {
    return Arrays.stream(values()).filter(cloud -> cloud.isAt(host(url))).toList();
  }

  private boolean isAt(String host) {
    return host(authority).equals(host) || otherAuthorities.contains(host);
  }

  private static String host(String url) {
    return String.valueOf(URI.create(url).getHost()).toLowerCase(Locale.ROOT);
  }
}
