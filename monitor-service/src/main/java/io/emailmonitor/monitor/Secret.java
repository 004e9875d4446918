package io.emailmonitor.monitor;

import com.fasterxml.jackson.annotation.JsonCreator;

/** A setting that must never be shown; it prints as its being there. */
public final class Secret {
  private final String value;

  @JsonCreator
  public Secret(String value) {
    this.value = value;
  }

  /** The value itself, for those who sign in with it. */
  public String reveal() {
    return value;
  }

  @Override
  public String toString() {
    return "[secret]";
  }
}
