package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.content.CountedStream;
import io.emailmonitor.monitor.mailbox.Attachment;
import java.io.IOException;
import java.io.InputStream;

/**
 * How many bytes of content room is reserved for. The listed size is only about right: more than a
 * file's bytes, because the mail system counts its overhead, but less than what an attached message
 * becomes as MIME.
 *
 * @param expected how many bytes there probably are
 * @param reserved how many may come
 */
record Allowance(int expected, int reserved) {
  private static final long SLACK = 64 * 1024;

  static Allowance of(Attachment attachment, int maxSize) {
    long listed = Math.max(0, attachment.size());
    long growth = attachment.kind() == Attachment.Kind.ITEM ? listed : 0;
    return new Allowance(
        (int) Math.min(maxSize, listed), (int) Math.min(maxSize, listed + growth + SLACK));
  }

  static Allowance largest(int maxSize) {
    return new Allowance(maxSize, maxSize);
  }

  long base64Bytes() {
    return (reserved + 2L) / 3 * 4;
  }

  /**
   * Lets no more pass than there is room for. Where there is room for the largest attachment, the
   * encoder counts, and knows that more is too much.
   */
  InputStream guard(InputStream content, int maxSize) {
    if (reserved >= maxSize) {
      return content;
    }
    long[] left = {reserved};
    return new CountedStream(
        content,
        read -> {
          left[0] -= read;
          if (left[0] < 0) {
            throw new ExceededException();
          }
        });
  }

  /** More came than there is room for. */
  static final class ExceededException extends IOException {
    private static final long serialVersionUID = 1;
  }
}
