package io.emailmonitor.model;

/**
 * A task ready for the queue. The array is handed on as it is, not copied: nobody may change it.
 */
public final class EncodedTask {
  private final AttachmentTask task;
  private final byte[] json;

  EncodedTask(AttachmentTask task, byte[] json) {
    this.task = task;
    this.json = json;
  }

  /** The task as encoded, with the size and hash of its content. */
  public AttachmentTask task() {
    return task;
  }

  /** The whole item: one JSON object in UTF-8, perhaps followed by spaces. */
  public byte[] json() {
    return json;
  }
}
