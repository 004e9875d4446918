package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.mailbox.MailSourceException;
import java.time.Duration;

/** Ways in which the fake mail system fails. */
final class Troubles {
  private Troubles() {}

  static MailSourceException failure(MailSourceException.Kind kind) {
    return new MailSourceException(kind, "the mail system says " + kind, null, null);
  }

  static FakeMailSource.Trouble of(MailSourceException.Kind kind) {
    return () -> {
      throw failure(kind);
    };
  }

  static FakeMailSource.Trouble throttled(Duration retryAfter) {
    return () -> {
      throw new MailSourceException(
          MailSourceException.Kind.THROTTLED, "too many requests", retryAfter, null);
    };
  }

  /** A programming error, with a message that must not get anywhere. */
  static FakeMailSource.Trouble bug() {
    return () -> {
      throw new IllegalStateException("a secret from a mail");
    };
  }
}
