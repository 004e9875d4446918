package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.emailmonitor.model.AttachmentTask;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes what a task says as JSON, under the names that it has on the queue: all but the content.
 */
final class TaskFacts {
  private static final JsonFactory JSON = new JsonFactory();

  private TaskFacts() {}

  /**
   * The size and hash may come from the content, since foreign tasks lack them or have them wrong.
   */
  static void write(AttachmentTask task, long size, @Nullable String sha256, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      writeText(json, "task_id", task.taskId());
      writeText(json, "email_id", task.emailId());
      writeText(json, "email_subject", task.emailSubject());
      writeText(json, "email_sender", task.emailSender());
      writeText(json, "email_sender_email", task.emailSenderEmail());
      writeText(json, "email_received_date", task.emailReceivedDate().toString());
      writeText(json, "attachment_id", task.attachmentId());
      writeText(json, "attachment_filename", task.attachmentFilename());
      writeText(json, "attachment_mime_type", task.attachmentMimeType());
      json.writeNumberField("attachment_size", size);
      writeText(json, "created_at", task.createdAt().toString());
      writeExtras(json, task.extras(), sha256);
      writeText(json, "email_content", task.emailContent());
      json.writeEndObject();
    }
  }

  private static void writeExtras(
      JsonGenerator json, AttachmentTask.Extras extras, @Nullable String sha256)
      throws IOException {
    if (extras.schemaVersion() != null) {
      json.writeNumberField("schema_version", extras.schemaVersion());
    }
    writeIfPresent(json, "mailbox", extras.mailbox());
    writeIfPresent(json, "attachment_sha256", sha256);
    writeIfPresent(json, "attachment_detected_mime_type", extras.attachmentDetectedMimeType());
  }

  private static void writeIfPresent(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      writeText(json, field, value);
    }
  }

  /** Foreign tasks may hold half a surrogate pair, for which UTF-8 has no form. */
  private static void writeText(JsonGenerator json, String field, String value) throws IOException {
    boolean encodable = UTF_8.newEncoder().canEncode(value);
    json.writeStringField(field, encodable ? value : new String(value.getBytes(UTF_8), UTF_8));
  }
}
