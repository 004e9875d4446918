package io.emailmonitor.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * A task as read from the queue. Its content stays base64 in the item's bytes until it is asked
 * for, and each asking decodes it anew. Immutable, and safe for use by several threads as long as
 * nobody changes the bytes.
 */
public final class DecodedTask {
  private final AttachmentTask task;
  private final Base64Content content;

  DecodedTask(AttachmentTask task, Base64Content content) {
    this.task = task;
    this.content = content;
  }

  public AttachmentTask task() {
    return task;
  }

  /** The content's length in bytes, told from its base64 without decoding. */
  public int contentLength() {
    return content.decodedLength();
  }

  /**
   * The content, decoded as it is read.
   *
   * @return a stream that throws {@link MalformedTaskException} where the base64 turns out to be
   *     invalid
   */
  public InputStream openContent() {
    return content.open();
  }

  /** Decodes the whole content into an array of its own. */
  public byte[] content() throws MalformedTaskException {
    return content.toByteArray();
  }

  /**
   * Decodes the whole content into the given stream, which stays open.
   *
   * @throws MalformedTaskException where the base64 is invalid; what came before it has been
   *     written
   */
  public void transferContentTo(OutputStream out) throws IOException {
    content.transferTo(out);
  }
}
