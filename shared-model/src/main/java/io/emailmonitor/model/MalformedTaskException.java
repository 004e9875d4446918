package io.emailmonitor.model;

import java.io.IOException;

/** Says what is wrong with a queue item that should have been a task, and at which byte of it. */
public final class MalformedTaskException extends IOException {
  private static final long serialVersionUID = 1;

  /** Stands for "the item as a whole", where no byte is to blame. */
  static final long NOWHERE = -1;

  private final long byteOffset;

  MalformedTaskException(String problem, long byteOffset) {
    super(byteOffset < 0 ? problem : problem + " (at byte " + byteOffset + ")");
    this.byteOffset = byteOffset;
  }

  /**
   * Where in the item the problem was met, counted from 0; -1 when it concerns the item as a whole.
   */
  public long byteOffset() {
    return byteOffset;
  }
}
