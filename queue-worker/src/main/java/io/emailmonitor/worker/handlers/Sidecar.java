package io.emailmonitor.worker.handlers;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.emailmonitor.model.AttachmentTask;
import java.io.IOException;
import java.io.OutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Writes beside a saved file what its task says, under the names that the task has on the queue.
 */
final class Sidecar {
  private static final JsonFactory JSON = new JsonFactory();

  private Sidecar() {}

  /** The size and hash are those of the file, which foreign tasks may lack or have wrong. */
  static void write(AttachmentTask task, long size, String sha256, OutputStream out)
      throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.useDefaultPrettyPrinter();
      json.writeStartObject();
      json.writeStringField("task_id", task.taskId());
      json.writeStringField("email_id", task.emailId());
      json.writeStringField("email_subject", task.emailSubject());
      json.writeStringField("email_sender", task.emailSender());
      json.writeStringField("email_sender_email", task.emailSenderEmail());
      json.writeStringField("email_received_date", task.emailReceivedDate().toString());
      json.writeStringField("attachment_id", task.attachmentId());
      json.writeStringField("attachment_filename", task.attachmentFilename());
      json.writeStringField("attachment_mime_type", task.attachmentMimeType());
      json.writeNumberField("attachment_size", size);
      json.writeStringField("created_at", task.createdAt().toString());
      writeExtras(json, task.extras(), sha256);
      json.writeStringField("email_content", task.emailContent());
      json.writeEndObject();
    }
  }

  private static void writeExtras(JsonGenerator json, AttachmentTask.Extras extras, String sha256)
      throws IOException {
    if (extras.schemaVersion() != null) {
      json.writeNumberField("schema_version", extras.schemaVersion());
    }
    writeIfPresent(json, "mailbox", extras.mailbox());
    json.writeStringField("attachment_sha256", sha256);
    writeIfPresent(json, "attachment_detected_mime_type", extras.attachmentDetectedMimeType());
  }

  private static void writeIfPresent(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      json.writeStringField(field, value);
    }
  }
}
