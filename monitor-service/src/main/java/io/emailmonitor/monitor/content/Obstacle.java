package io.emailmonitor.monitor.content;

/**
 * Why an attachment is not looked into.
 *
 * @param detail in words, without anything of the mail
 */
public record Obstacle(Kind kind, String detail) {

  /** What stands in the way. */
  public enum Kind {
    /** It is not what it is listed as, or cut off. */
    DAMAGED,
    /** Only who has the key can. */
    ENCRYPTED,
    /** It lies in too many others. */
    TOO_DEEP,
    /** It holds more attachments than may be. */
    TOO_MANY,
    /** What it holds is larger than may be, all together. */
    TOO_LARGE
  }
}
