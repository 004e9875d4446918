package io.emailmonitor.worker.reference;

/** The settings do not allow a start; the message is the whole text to show. */
final class InvalidSettingsException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidSettingsException(String message) {
    super(message);
  }
}
