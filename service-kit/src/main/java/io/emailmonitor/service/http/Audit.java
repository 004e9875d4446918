package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for every request that changed something or was kept from it: who, from where,
 * what, with which result. Under a logger of its own, so that it can be kept elsewhere and for
 * longer. Never holds what a mail says. Safe for use by several threads.
 */
public final class Audit {
  private static final Logger LOG = LoggerFactory.getLogger("audit");
  private static final String WHO = Audit.class.getName() + ".who";
  private static final String RESULT = Audit.class.getName() + ".result";
  private static final int LONGEST_PATH = 300;
  private static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "CONNECT");

  /** Refusals cost strangers nothing; they must not wash the log away. */
  private static final int REFUSALS = 60;

  private static final Duration REFUSALS_WITHIN = Duration.ofMinutes(1);

  private long windowBegan = System.nanoTime();
  private int refusals;

  /** Adds what came of the request, in words that hold nothing of a mail. */
  public static void result(HttpServletRequest request, String words) {
    request.setAttribute(RESULT, words);
  }

  static void names(HttpServletRequest request, String who) {
    request.setAttribute(WHO, who);
  }

  void changed(HttpServletRequest request, int status) {
    LOG.info(
        "{} from {}: {} {}: {}{}",
        who(request),
        request.getRemoteAddr(),
        method(request),
        path(request),
        status,
        words(request));
  }

  void refused(HttpServletRequest request, Problem problem) {
    int count = count();
    if (count <= REFUSALS) {
      LOG.warn(
          "{} from {}: {} {}: refused with {}{}",
          who(request),
          request.getRemoteAddr(),
          method(request),
          path(request),
          problem.status(),
          count < REFUSALS ? "" : "; further refusals in this minute are not told");
    }
  }

  private synchronized int count() {
    if (System.nanoTime() - windowBegan > REFUSALS_WITHIN.toNanos()) {
      windowBegan = System.nanoTime();
      refusals = 0;
    }
    refusals = Math.min(refusals + 1, REFUSALS + 1);
    return refusals;
  }

  private static String who(HttpServletRequest request) {
    return String.valueOf(Objects.requireNonNullElse(request.getAttribute(WHO), "anonymous"));
  }

  private static String words(HttpServletRequest request) {
    Object words = request.getAttribute(RESULT);
    return words == null ? "" : ", " + words;
  }

  /** Anything may stand there. */
  private static String method(HttpServletRequest request) {
    return METHODS.contains(request.getMethod()) ? request.getMethod() : "other method";
  }

  /** As it came, percent-encoded, so that it cannot forge a line; without the query. */
  private static String path(HttpServletRequest request) {
    String path = request.getRequestURI();
    String plain = path.replaceAll("[^\\x21-\\x7e]", "?");
    return plain.length() <= LONGEST_PATH ? plain : plain.substring(0, LONGEST_PATH) + "...";
  }
}
