package io.emailmonitor.queue;

/**
 * Redis did not answer, or refused; the message names the server and the reason, never a password.
 */
public final class QueueUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  QueueUnavailableException(String message) {
    super(message);
  }

  public QueueUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
