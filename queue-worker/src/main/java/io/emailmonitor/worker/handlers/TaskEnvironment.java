package io.emailmonitor.worker.handlers;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.SafeFileName;
import io.emailmonitor.worker.Attempt;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The facts of a task as environment variables for a program. What the mail says is made one line
 * of bounded length; its body is not among them.
 */
final class TaskEnvironment {
  private static final String PREFIX = "EMAIL_MONITOR_";

  /** An operating system refuses to start a program with too much of it. */
  private static final int LONGEST = 4000;

  /** The worker's own settings, secrets among them, are none of the program's business. */
  private static final List<String> WITHHELD =
      List.of("REDIS_", "WEBHOOK_", "AZURE_", "GRAPH_", "API_TOKEN", "DATABASE_URL");

  private TaskEnvironment() {}

  /**
   * Writes them.
   *
   * @param file where the content is, or empty
   */
  static void write(Attempt attempt, String file, Map<String, String> environment) {
    environment.keySet().removeIf(name -> WITHHELD.stream().anyMatch(name::startsWith));
    AttachmentTask task = attempt.task();
    put(environment, "TASK_ID", task.taskId());
    put(environment, "ATTEMPT", String.valueOf(attempt.number()));
    put(environment, "DEADLINE", attempt.deadline().toString());
    put(environment, "CONTENT_FILE", file);
    put(environment, "EMAIL_ID", task.emailId());
    put(environment, "EMAIL_SUBJECT", task.emailSubject());
    put(environment, "EMAIL_SENDER", task.emailSender());
    put(environment, "EMAIL_SENDER_EMAIL", task.emailSenderEmail());
    put(environment, "EMAIL_RECEIVED_DATE", task.emailReceivedDate().toString());
    put(environment, "ATTACHMENT_ID", task.attachmentId());
    put(environment, "ATTACHMENT_FILENAME", SafeFileName.of(task.attachmentFilename()));
    put(environment, "ATTACHMENT_MIME_TYPE", task.attachmentMimeType());
    put(environment, "ATTACHMENT_SIZE", String.valueOf(task.attachmentSize()));
    put(environment, "CREATED_AT", task.createdAt().toString());
    put(environment, "MAILBOX", task.extras().mailbox());
    put(environment, "ATTACHMENT_SHA256", task.extras().attachmentSha256());
    put(environment, "ATTACHMENT_DETECTED_MIME_TYPE", task.extras().attachmentDetectedMimeType());
  }

  /** Also what is not known gets a value, so that none is inherited from elsewhere. */
  private static void put(Map<String, String> environment, String name, @Nullable String value) {
    String line = value == null ? "" : value.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ");
    environment.put(PREFIX + name, line.substring(0, Math.min(line.length(), LONGEST)));
  }
}
