package io.emailmonitor.model;

import java.io.IOException;

/** The content has more bytes than the caller allows; nothing of it was kept. */
public final class ContentTooLargeException extends IOException {
  private static final long serialVersionUID = 1;

  private final long limit;

  ContentTooLargeException(long limit) {
    super("content is larger than the limit of " + limit + " bytes");
    this.limit = limit;
  }

  /** The limit that was passed, in bytes. */
  public long limit() {
    return limit;
  }
}
