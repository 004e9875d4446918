package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Catches what the queue throws. */
final class QueueFailures {
  private QueueFailures() {}

  /** The message of the exception that the call must end with. */
  static String message(ThrowingCallable call) {
    QueueUnavailableException failure = catchThrowableOfType(QueueUnavailableException.class, call);
    if (failure == null) {
      throw new AssertionError("the call did not fail");
    }
    return String.valueOf(failure.getMessage());
  }
}
