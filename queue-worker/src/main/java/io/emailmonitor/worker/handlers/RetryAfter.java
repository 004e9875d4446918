package io.emailmonitor.worker.handlers;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Reads the header {@code Retry-After}: seconds or a date, but never more than a day. */
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  static Optional<Duration> parse(String header, Instant now) {
    String text = header.strip();
    if (text.matches("\\d+")) {
      boolean huge = text.length() > 9;
      return Optional.of(bounded(huge ? LONGEST : Duration.ofSeconds(Long.parseLong(text))));
    }
    try {
      ZonedDateTime date = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME);
      return Optional.of(bounded(Duration.between(now, date.toInstant())));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration delay) {
    Duration positive = delay.isNegative() ? Duration.ZERO : delay;
    return positive.compareTo(LONGEST) < 0 ? positive : LONGEST;
  }
}
