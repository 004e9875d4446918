package io.emailmonitor.monitor.api;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.util.Optional;

/** Lets in only requests that carry the token. */
final class TokenGate implements Gate {
  private static final String SCHEME = "Bearer ";

  private final byte[] token;

  TokenGate(String token) {
    this.token = token.getBytes(UTF_8);
  }

  @Override
  public Optional<Problem> objection(HttpServletRequest request) {
    String given = request.getHeader("Authorization");
    if (given != null
        && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        && matches(given.substring(SCHEME.length()).strip())) {
      return Optional.empty();
    }
    return Optional.of(
        Problem.of(401, "The request must carry the header Authorization: Bearer <API_TOKEN>"));
  }

  /** Takes the same time wherever the first difference is. */
  private boolean matches(String given) {
    return MessageDigest.isEqual(given.getBytes(UTF_8), token);
  }
}
