package io.emailmonitor.monitor.graph;

import java.net.URI;
import java.time.Duration;

/**
 * Where Graph is and how to log in there.
 *
 * @param baseUrl where Graph is, with the API version at its end
 * @param authorityHost who issues tokens
 * @param readTimeout how long an answer may stand still
 * @param pageSize messages asked for in one request
 * @param maxRequests requests in flight over all mailboxes
 */
public record GraphSettings(
    String baseUrl,
    String authorityHost,
    Credentials credentials,
    Duration readTimeout,
    int pageSize,
    int maxRequests) {
  private static final Duration READ_TIMEOUT = Duration.ofSeconds(60);
  private static final int PAGE_SIZE = 50;
  private static final int MAX_REQUESTS = 16;

  /** With the usual limits. */
  public GraphSettings(String baseUrl, String authorityHost, Credentials credentials) {
    this(baseUrl, authorityHost, credentials, READ_TIMEOUT, PAGE_SIZE, MAX_REQUESTS);
  }

  /** The permission to ask for: whatever the administrator granted to the application. */
  public String scope() {
    URI url = URI.create(baseUrl);
    return url.getScheme() + "://" + url.getAuthority() + "/.default";
  }
}
