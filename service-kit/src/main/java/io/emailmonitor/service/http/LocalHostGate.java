package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * While only this machine may connect and needs no token, lets in only requests that name this
 * machine: a page from elsewhere whose host name was turned to 127.0.0.1 (DNS rebinding) names
 * another. Where a token is needed, such a page has none, and a proxy may name the machine as it
 * likes.
 */
final class LocalHostGate implements Gate {
  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "[::1]");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  @Override
  public Optional<Problem> objection(HttpServletRequest request) {
    String host = request.getHeader("Host");
    if (host != null
        && NAMES.contains(PORT.matcher(host).replaceFirst("").toLowerCase(java.util.Locale.ROOT))) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(421, "Only requests to localhost, 127.0.0.1 or [::1] are answered here"));
  }
}
