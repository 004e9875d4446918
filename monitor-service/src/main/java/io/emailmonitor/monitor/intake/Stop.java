package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.mailbox.MailSourceException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Why the work on a mailbox ends before its end. Nothing is lost by it: what is not recorded is
 * fetched again.
 *
 * @param why in words
 * @param retryAfter how long to leave the mailbox alone, when the mail system said so
 */
record Stop(Kind kind, String why, @Nullable Duration retryAfter) {
  enum Kind {
    /** The service is being stopped. */
    QUIET(true),
    /** What has been fetched cannot be handed on now. */
    HELD(true),
    /** The credentials do not work, for any mailbox. */
    UNAUTHENTICATED(true),
    /** The mail system asked for patience. */
    THROTTLED(false),
    /** The mailbox cannot be read until somebody changes that. */
    UNUSABLE(false),
    /** The mail system failed for now. */
    UNAVAILABLE(false),
    /** A bug, or a ledger that cannot be written. */
    UNEXPECTED(false);

    private final boolean everywhere;

    Kind(boolean everywhere) {
      this.everywhere = everywhere;
    }

    /** Whether it concerns all mailboxes. */
    boolean everywhere() {
      return everywhere;
    }
  }

  static Stop of(Kind kind, String why) {
    return new Stop(kind, why, null);
  }

  /** Empty when the failure concerns only the message or folder that was asked for. */
  static Optional<Stop> of(MailSourceException e) {
    Kind kind =
        switch (e.kind()) {
          case THROTTLED -> Kind.THROTTLED;
          case MAILBOX_UNUSABLE, MAILBOX_FORBIDDEN -> Kind.UNUSABLE;
          case UNAUTHENTICATED -> Kind.UNAUTHENTICATED;
          case GONE, FORBIDDEN, FOLDER_GONE, CURSOR_EXPIRED, UNAVAILABLE, REJECTED -> null;
        };
    return Optional.ofNullable(kind)
        .map(k -> new Stop(k, Failure.words(e), e.retryAfter().orElse(null)));
  }
}
