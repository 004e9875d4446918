package io.emailmonitor.service.http;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.security.MessageDigest;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Knows who may come in: programs that bring the token, and browsers that have shown it once and
 * hold a cookie since. One for all ports of a process. Safe for use by several threads.
 */
public final class Doorkeeper {
  /** What a browser holds as long as it is signed in. */
  public static final String COOKIE = "email_monitor_session";

  private static final int MIN_TOKEN_LENGTH = 8;

  /** What {@link #canServe} asks for, in words. */
  public static final String TOKENS =
      "at least " + MIN_TOKEN_LENGTH + " printable ASCII characters without spaces";

  /** What becomes of an attempt with a token. */
  public enum Answer {
    WELCOME,
    WRONG,
    /** Too many wrong ones before it; this one was not looked at. */
    TOO_MANY
  }

  private final byte[] tokenHash;
  private final WrongTokens wrong;
  private final Sessions sessions;

  public Doorkeeper(String token, InstantSource clock) {
    this.tokenHash = Sessions.sha256(token);
    this.wrong = new WrongTokens(clock);
    this.sessions = new Sessions(clock);
  }

  /** Whether a token is one that a header can carry and nobody guesses at once. */
  public static boolean canServe(String token) {
    return token.length() >= MIN_TOKEN_LENGTH && token.chars().allMatch(c -> c > ' ' && c < 127);
  }

  /**
   * Judges a token. Takes the same time wherever the first difference is.
   *
   * @param address where it comes from
   */
  public Answer judge(String address, String token) {
    boolean right = MessageDigest.isEqual(Sessions.sha256(token), tokenHash);
    if (!wrong.accepts(address, right)) {
      return Answer.TOO_MANY;
    }
    return right ? Answer.WELCOME : Answer.WRONG;
  }

  /** Signs a browser in; returns the cookie's value. */
  public String signIn() {
    return sessions.open();
  }

  /** Signs the browser out that sent this, if it was signed in. */
  public void signOut(HttpServletRequest request) {
    cookie(request).ifPresent(sessions::close);
  }

  /** What the log calls the browser, if it is signed in. */
  public Optional<String> session(HttpServletRequest request) {
    return cookie(request).flatMap(sessions::name);
  }

  private static Optional<String> cookie(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    if (cookies != null) {
      for (Cookie cookie : cookies) {
        if (cookie.getName().equals(COOKIE)) {
          return Optional.of(cookie.getValue());
        }
      }
    }
    return Optional.empty();
  }

  /**
   * The header that gives a browser its session, or takes it away.
   *
   * @param value empty to take it away
   */
  public static String setCookie(HttpServletRequest request, String value) {
    return COOKIE
        + "="
        + value
        + "; Path=/; HttpOnly; SameSite=Strict; Max-Age="
        + (value.isEmpty() ? 0 : Sessions.LIFE.toSeconds())
        + (Requests.encrypted(request) ? "; Secure" : "");
  }
}
