package io.emailmonitor.monitor.content;

import org.jspecify.annotations.Nullable;

/**
 * What an attachment's first bytes show.
 *
 * @param type its content type; null when it is empty
 * @param mismatch what of the listed facts contradicts the content
 */
public record Detected(@Nullable String type, @Nullable Mismatch mismatch) {

  /** Of content that nobody has looked at. */
  public static final Detected NOTHING = new Detected(null, null);

  /** What the content contradicts. */
  public enum Mismatch {
    /** The ending of its name. */
    NAME,
    /** The type that the sender declared. */
    DECLARED,
    /** Both. */
    BOTH
  }
}
