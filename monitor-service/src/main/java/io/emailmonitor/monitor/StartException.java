package io.emailmonitor.monitor;

/** A part could not be started; the message is the whole text to show. */
final class StartException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StartException(Throwable cause) {
    super("Email Monitor cannot start: " + cause.getMessage(), cause);
  }
}
