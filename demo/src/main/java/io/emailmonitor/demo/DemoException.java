package io.emailmonitor.demo;

/** Ends the demo with a message for whoever runs it. */
final class DemoException extends RuntimeException {
  private static final long serialVersionUID = 1;

  DemoException(String message) {
    super(message);
  }
}
