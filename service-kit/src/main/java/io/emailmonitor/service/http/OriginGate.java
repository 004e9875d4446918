package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;
import java.util.Set;

/**
 * Keeps pages of other sites from changing anything through somebody's browser. Programs that are
 * no browsers send neither of the headers and pass.
 */
final class OriginGate implements Gate {
  private static final Set<String> OURS = Set.of("same-origin", "none");

  @Override
  public Optional<Problem> objection(HttpServletRequest request) {
    if (!Requests.changes(request) || (siteIsOurs(request) && originIsOurs(request))) {
      return Optional.empty();
    }
    return Optional.of(Problem.of(403, "Pages of other sites may not change anything here"));
  }

  private static boolean siteIsOurs(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    return site == null || OURS.contains(site);
  }

  private static boolean originIsOurs(HttpServletRequest request) {
    String origin = request.getHeader("Origin");
    if (origin == null) {
      return true;
    }
    try {
      String authority = URI.create(origin).getRawAuthority();
      return authority != null && authority.equalsIgnoreCase(request.getHeader("Host"));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
