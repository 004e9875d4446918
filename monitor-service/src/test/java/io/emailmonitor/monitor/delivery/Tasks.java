package io.emailmonitor.monitor.delivery;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.model.TaskId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Tasks for the delivery's tests. */
final class Tasks {
  private Tasks() {}

  static EncodedTask task(String attachmentId, String name, byte[] content) {
    AttachmentTask task =
        new AttachmentTask(
            TaskId.of("box@contoso.example", "m1", attachmentId),
            "m1",
            "subject",
            "Ann",
            "ann@partner.example",
            Instant.parse("2026-02-28T23:30:00Z"),
            attachmentId,
            name,
            "application/pdf",
            0,
            Instant.parse("2026-03-01T10:00:00Z"),
            "body",
            AttachmentTask.Extras.of("box@contoso.example", null));
    try {
      return TaskCodec.encode(
          task, new ByteArrayInputStream(content), content.length, Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
