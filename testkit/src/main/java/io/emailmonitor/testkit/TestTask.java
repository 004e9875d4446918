package io.emailmonitor.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.model.TaskId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;

/**
 * A task as the monitor makes it, every fact filled in; a test changes those that it is about.
 * Immutable.
 */
public final class TestTask {
  private static final String MAILBOX = "inbox@company.example";
  private static final Instant RECEIVED = Instant.parse("2026-03-01T10:15:00Z");

  private final AttachmentTask task;
  private final byte[] content;

  private TestTask(AttachmentTask task, byte[] content) {
    this.task = task;
    this.content = content;
  }

  /** An attachment of that name and content. Its id depends on its name. */
  public static TestTask of(String fileName, byte[] content) {
    return new TestTask(
        new AttachmentTask(
            TaskId.of(MAILBOX, "message", fileName),
            "message",
            "Subject",
            "Ada Lovelace",
            "ada@customer.example",
            RECEIVED,
            "attachment",
            fileName,
            "application/octet-stream",
            content.length,
            RECEIVED.plusSeconds(30),
            "See the attachment.",
            AttachmentTask.Extras.of(MAILBOX, "application/octet-stream")),
        content);
  }

  /** An attachment of that name that holds a text in UTF-8. */
  public static TestTask of(String fileName, String text) {
    return of(fileName, text.getBytes(UTF_8));
  }

  /** The same task under another id. */
  public TestTask withId(String taskId) {
    return with(taskId, task.emailSubject(), task.emailSenderEmail());
  }

  /** The same task from a message of that subject. */
  public TestTask withSubject(String subject) {
    return with(task.taskId(), subject, task.emailSenderEmail());
  }

  /** The same task from that address. */
  public TestTask from(String address) {
    return with(task.taskId(), task.emailSubject(), address);
  }

  /** The same task with that type declared for the attachment. */
  public TestTask withMimeType(String type) {
    return with(task.taskId(), task.emailSubject(), task.emailSenderEmail(), type, task.extras());
  }

  /** The same task with that type found out from the content. */
  public TestTask withDetectedMimeType(String type) {
    return with(
        task.taskId(),
        task.emailSubject(),
        task.emailSenderEmail(),
        task.attachmentMimeType(),
        AttachmentTask.Extras.of(MAILBOX, type));
  }

  private TestTask with(String id, String subject, String sender) {
    return with(id, subject, sender, task.attachmentMimeType(), task.extras());
  }

  private TestTask with(
      String id, String subject, String sender, String mimeType, AttachmentTask.Extras extras) {
    return new TestTask(
        new AttachmentTask(
            id,
            task.emailId(),
            subject,
            task.emailSender(),
            sender,
            task.emailReceivedDate(),
            task.attachmentId(),
            task.attachmentFilename(),
            mimeType,
            task.attachmentSize(),
            task.createdAt(),
            task.emailContent(),
            extras),
        content);
  }

  /** As it lies on the queue. */
  public EncodedTask encoded() {
    try {
      return TaskCodec.encode(
          task, new ByteArrayInputStream(content), content.length, Integer.MAX_VALUE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A worker's first attempt at it. */
  public TestAttempt attempt() {
    return TestAttempt.of(encoded().json());
  }
}
