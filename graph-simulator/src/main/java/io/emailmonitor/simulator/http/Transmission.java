package io.emailmonitor.simulator.http;

import java.time.Duration;

/**
 * How a reply goes over the wire.
 *
 * @param delay before its first byte
 * @param bytesPerSecond of the body; 0 for as fast as it goes
 * @param cutAfter how many bytes of the body are sent before the connection ends; {@link #WHOLE} or
 *     {@link #NOT_EVEN_THE_HEAD}. In chunks, all of them can be sent and their end not marked.
 * @param reset whether a cut connection ends with a reset (RST) instead of an orderly end (FIN)
 * @param framing how the body's end is marked
 * @param lengthError what a stated length is off by; the connection ends after such a reply
 */
public record Transmission(
    Duration delay,
    int bytesPerSecond,
    long cutAfter,
    boolean reset,
    Framing framing,
    int lengthError) {

  public static final long WHOLE = Long.MAX_VALUE;
  public static final long NOT_EVEN_THE_HEAD = -1;

  /** As Graph sends: in chunks. */
  static final Transmission USUAL =
      new Transmission(Duration.ZERO, 0, WHOLE, false, Framing.CHUNKED, 0);

  /** How a client knows where a body ends. */
  public enum Framing {
    CHUNKED,
    LENGTH,
    /** Neither: it ends with the connection. */
    CLOSE
  }

  /** Delays add up. */
  public Transmission delayedBy(Duration more) {
    return new Transmission(
        delay.plus(more), bytesPerSecond, cutAfter, reset, framing, lengthError);
  }

  public Transmission slowedTo(int newBytesPerSecond) {
    return new Transmission(delay, newBytesPerSecond, cutAfter, reset, framing, lengthError);
  }

  public Transmission cutAfter(long bytes, boolean withReset) {
    return new Transmission(delay, bytesPerSecond, bytes, withReset, framing, lengthError);
  }

  public Transmission framedBy(Framing other) {
    return new Transmission(delay, bytesPerSecond, cutAfter, reset, other, lengthError);
  }

  public Transmission lyingBy(int bytes) {
    return new Transmission(delay, bytesPerSecond, cutAfter, reset, Framing.LENGTH, bytes);
  }
}
