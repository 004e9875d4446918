package io.emailmonitor.monitor.graph;

import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.util.Set;
import okhttp3.HttpUrl;

/** Lets only links to the configured Graph pass: each is followed with our token. */
final class Links {
  /** Servers on the own machine call themselves by any of these, whichever they are called by. */
  private static final Set<String> LOOPBACK = Set.of("localhost", "127.0.0.1", "::1");

  private final String home;

  Links(String baseUrl) {
    this.home = origin(baseUrl);
  }

  /** Returns the link as it is, when it leads to the configured Graph. */
  String checked(String link, Kind refusal) {
    String origin = origin(link);
    if (!origin.equals(home)) {
      throw new MailSourceException(
          refusal,
          "A link of Graph's answer leads to %s, not to %s, and is not followed with our token; set GRAPH_BASE_URL to the address that the server uses for itself"
              .formatted(origin, home),
          null,
          null);
    }
    return link;
  }

  private static String origin(String link) {
    HttpUrl url = HttpUrl.parse(link);
    if (url == null) {
      return "no valid address";
    }
    String host = LOOPBACK.contains(url.host()) ? "localhost" : url.host();
    return url.scheme() + "://" + host + ":" + url.port();
  }
}
