package io.emailmonitor.worker.reference;

import java.util.function.Supplier;

/** Names a setting, what is wrong with it and what is allowed; said to the operator as it is. */
final class InvalidSettingException extends RuntimeException {
  private static final long serialVersionUID = 1;

  InvalidSettingException(String message) {
    super(message);
  }

  /** Runs what complains about its settings with an {@link IllegalArgumentException}. */
  static <T> T guard(Supplier<T> maker) {
    try {
      return maker.get();
    } catch (IllegalArgumentException e) {
      throw new InvalidSettingException(String.valueOf(e.getMessage()));
    }
  }
}
