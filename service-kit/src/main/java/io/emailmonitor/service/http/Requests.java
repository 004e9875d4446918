package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;

/** What the gates want to know of a request. */
final class Requests {
  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

  private Requests() {}

  /** Whether it can change anything. */
  static boolean changes(HttpServletRequest request) {
    return !READING.contains(request.getMethod());
  }

  /** Whether the browser reached us encrypted, as far as we or a proxy before us can tell. */
  static boolean encrypted(HttpServletRequest request) {
    return request.isSecure() || "https".equalsIgnoreCase(request.getHeader("X-Forwarded-Proto"));
  }
}
