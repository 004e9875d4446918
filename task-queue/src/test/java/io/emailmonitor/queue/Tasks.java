package io.emailmonitor.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/** Tasks for tests. */
public final class Tasks {
  public static final Instant CREATED = Instant.parse("2026-03-01T10:15:30Z");

  private Tasks() {}

  /** A small task of that id. */
  public static EncodedTask task(String id) {
    return task(id, ("content of " + id).getBytes(UTF_8));
  }

  /** A task of that id and content. */
  public static EncodedTask task(String id, byte[] content) {
    AttachmentTask task =
        new AttachmentTask(
            id,
            "message-" + id,
            "Invoice " + id,
            "Ada Lovelace",
            "ada@example.com",
            Instant.parse("2026-03-01T10:15:00Z"),
            "attachment-" + id,
            id + ".pdf",
            "application/pdf",
            0,
            CREATED,
            "See the attached invoice.",
            AttachmentTask.Extras.of("invoices@example.com", "application/pdf"));
    try {
      return TaskCodec.encode(
          task, new ByteArrayInputStream(content), content.length, Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Small tasks named "{@code prefix}0", "{@code prefix}1" and so on. */
  public static List<EncodedTask> tasks(String prefix, int count) {
    return IntStream.range(0, count).mapToObj(i -> task(prefix + i)).toList();
  }

  /** The id of the task that an item holds. */
  public static String id(byte[] payload) {
    return String.valueOf(TaskCodec.facts(payload).get("task_id"));
  }
}
