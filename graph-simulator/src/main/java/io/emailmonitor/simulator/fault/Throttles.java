package io.emailmonitor.simulator.fault;

import io.emailmonitor.simulator.fault.Effect.Throttle.RetryAfter;
import io.emailmonitor.simulator.http.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Which mailboxes are throttled, and until when. What is about no mailbox counts as one of its own.
 * Safe for any number of threads.
 */
final class Throttles {

  private final Clock clock;
  private final Map<String, Window> windows = new HashMap<>();

  Throttles(Clock clock) {
    this.clock = clock;
  }

  synchronized void start(Scene scene, Duration time, RetryAfter told) {
    windows.put(mailbox(scene), new Window(clock.instant().plus(time), told));
  }

  /** What a throttled mailbox answers; empty for one that is not. */
  synchronized Optional<Reply> refusal(Scene scene) {
    Window window = windows.get(mailbox(scene));
    if (window == null) {
      return Optional.empty();
    }
    Duration left = Duration.between(clock.instant(), window.until);
    if (left.isNegative() || left.isZero()) {
      windows.remove(mailbox(scene));
      return Optional.empty();
    }
    return Optional.of(
        scene.refuse(
            429,
            "ApplicationThrottled",
            "Application is over its MailboxConcurrency limit.",
            window.headers(left.plusMillis(999).toSeconds())));
  }

  private static String mailbox(Scene scene) {
    return scene.target().address().orElse("");
  }

  private record Window(Instant until, RetryAfter told) {

    /** A date is on the real clock: the client's is too, and this one can be put forward. */
    Map<String, String> headers(long seconds) {
      return switch (told) {
        case SECONDS -> Map.of("Retry-After", Long.toString(seconds));
        case DATE ->
            Map.of(
                "Retry-After",
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                    ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(seconds)));
        case NONE -> Map.of();
      };
    }
  }
}
