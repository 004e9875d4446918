package io.emailmonitor.monitor.doctor;

/**
 * What one check found.
 *
 * @param subject what was looked at, in a word
 * @param words what was found
 * @param remedy what to do about it; empty when there is nothing to do
 */
public record Finding(Level level, String subject, String words, String remedy) {
  /** What a finding means for the monitor. */
  public enum Level {
    OK,
    /** It works, and should be known. */
    NOTE,
    /** It does not work. */
    FAIL
  }

  public static Finding ok(String subject, String words) {
    return new Finding(Level.OK, subject, words, "");
  }

  public static Finding note(String subject, String words, String remedy) {
    return new Finding(Level.NOTE, subject, words, remedy);
  }

  public static Finding fail(String subject, String words, String remedy) {
    return new Finding(Level.FAIL, subject, words, remedy);
  }
}
