package io.emailmonitor.monitor.mailbox;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The mail system refused or failed. The kind says what to do next; the message says why, without
 * secrets or mail content.
 */
public final class MailSourceException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** What a failure means for whoever asked. */
  public enum Kind {
    /** The message or attachment is not there any more. */
    GONE,
    /** The folder is not there (any more). */
    FOLDER_GONE,
    /** The cursor is too old: start the folder again without one. */
    CURSOR_EXPIRED,
    /** There is no mailbox that can be read, now and at the next try: no licence, on premises. */
    MAILBOX_UNUSABLE,
    /** This application may not read the mailbox: no permission, out of scope. */
    MAILBOX_FORBIDDEN,
    /**
     * This message or attachment may not be read. Whether others of the mailbox may is to be seen
     * from them.
     */
    FORBIDDEN,
    /** Credentials are wrong or expired. */
    UNAUTHENTICATED,
    /** Too many requests: wait at least as long as told. */
    THROTTLED,
    /** Failed for now: network, server error, cut answer. */
    UNAVAILABLE,
    /** This very request will never succeed. */
    REJECTED
  }

  private final Kind kind;
  private final @Nullable Duration retryAfter;

  public MailSourceException(
      Kind kind, String message, @Nullable Duration retryAfter, @Nullable Throwable cause) {
    super(message, cause);
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  public Kind kind() {
    return kind;
  }

  /** How long to wait, when the mail system said so. */
  public Optional<Duration> retryAfter() {
    return Optional.ofNullable(retryAfter);
  }
}
