package io.emailmonitor.model;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.Random;

/** Tasks and contents for the tests. */
final class Tasks {
  private static final Instant RECEIVED = Instant.parse("2025-01-19T10:30:00Z");
  private static final Instant CREATED = Instant.parse("2025-01-19T10:35:00.123Z");

  private Tasks() {}

  static AttachmentTask invoice() {
    return withTexts("January invoice", "document.pdf", "Please find the invoice attached.");
  }

  static AttachmentTask withTexts(String subject, String filename, String body) {
    return new AttachmentTask(
        TaskId.of("invoices@contoso.example", "message", "attachment"),
        "message",
        subject,
        "John Doe",
        "john.doe@company.example",
        RECEIVED,
        "attachment",
        filename,
        "application/pdf",
        0,
        CREATED,
        body,
        AttachmentTask.Extras.of("invoices@contoso.example", "application/pdf"));
  }

  static byte[] content(int size, long seed) {
    byte[] content = new byte[size];
    new Random(seed).nextBytes(content);
    return content;
  }

  static EncodedTask encode(AttachmentTask task, byte[] content) {
    try {
      return TaskCodec.encode(
          task, new ByteArrayInputStream(content), content.length, Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
