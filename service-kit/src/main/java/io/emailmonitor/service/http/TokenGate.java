package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.function.Predicate;

/** Lets in only requests that carry the token or come from a browser that is signed in. */
final class TokenGate implements Gate {
  private static final String SCHEME = "Bearer ";

  private final Doorkeeper doorkeeper;
  private final Predicate<String> open;

  /**
   * @param open the paths that need neither, as they stand in the request, before any decoding
   */
  TokenGate(Doorkeeper doorkeeper, Predicate<String> open) {
    this.doorkeeper = doorkeeper;
    this.open = open;
  }

  @Override
  public Optional<Problem> objection(HttpServletRequest request) {
    String given = request.getHeader("Authorization");
    if (given != null && given.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return judge(request, given.substring(SCHEME.length()).strip());
    }
    Optional<String> session = doorkeeper.session(request);
    if (session.isPresent()) {
      Audit.names(request, session.get());
      return saysWhereItComesFrom(request)
          ? Optional.empty()
          : Optional.of(
              Problem.of(403, "A browser that changes something must say for which page it does"));
    }
    return open.test(request.getRequestURI())
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                401,
                "The request must carry the header Authorization: Bearer <API_TOKEN>, or the cookie"
                    + " that POST /sign-in gives"));
  }

  private Optional<Problem> judge(HttpServletRequest request, String token) {
    return switch (doorkeeper.judge(request.getRemoteAddr(), token)) {
      case WELCOME -> {
        Audit.names(request, "token");
        yield Optional.empty();
      }
      case WRONG -> Optional.of(Problem.of(401, "This is not the token that API_TOKEN holds"));
      case TOO_MANY -> Optional.of(Problem.tooManyWrongTokens());
    };
  }

  /** Every browser of today sends one of them with whatever a page's script changes. */
  private static boolean saysWhereItComesFrom(HttpServletRequest request) {
    return !Requests.changes(request)
        || request.getHeader("Origin") != null
        || request.getHeader("Sec-Fetch-Site") != null;
  }
}
