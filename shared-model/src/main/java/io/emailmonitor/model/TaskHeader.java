package io.emailmonitor.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * The JSON of a task up to the opening quote of its content, with room left for the two facts that
 * are known only once the content has passed: its size (padded with white space, which JSON allows
 * there) and its hash.
 */
final class TaskHeader {
  private static final JsonFactory JSON = new JsonFactory();
  private static final String SIZE_ROOM = " ".repeat(10);
  private static final String HASH_ROOM = "0".repeat(64);

  private final byte[] bytes;
  private final int sizeAt;
  private final int hashAt;

  private TaskHeader(byte[] bytes, int sizeAt, int hashAt) {
    this.bytes = bytes;
    this.sizeAt = sizeAt;
    this.hashAt = hashAt;
  }

  static TaskHeader of(AttachmentTask task) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(2048 + task.emailContent().length());
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_JSON_CONTENT);
      json.writeStartObject();
      writeText(json, TaskFields.TASK_ID, task.taskId());
      writeText(json, TaskFields.EMAIL_ID, task.emailId());
      writeText(json, TaskFields.EMAIL_SUBJECT, task.emailSubject());
      writeText(json, TaskFields.EMAIL_SENDER, task.emailSender());
      writeText(json, TaskFields.EMAIL_SENDER_EMAIL, task.emailSenderEmail());
      json.writeStringField(TaskFields.EMAIL_RECEIVED_DATE, task.emailReceivedDate().toString());
      writeText(json, TaskFields.ATTACHMENT_ID, task.attachmentId());
      writeText(json, TaskFields.ATTACHMENT_FILENAME, task.attachmentFilename());
      writeText(json, TaskFields.ATTACHMENT_MIME_TYPE, task.attachmentMimeType());
      json.writeFieldName(TaskFields.ATTACHMENT_SIZE);
      json.writeRawValue(SIZE_ROOM);
      json.flush();
      int sizeAt = out.size() - SIZE_ROOM.length();
      json.writeStringField(TaskFields.CREATED_AT, task.createdAt().toString());
      int hashAt = writeExtras(json, out, task.extras());
      writeText(json, TaskFields.EMAIL_CONTENT, task.emailContent());
      json.writeFieldName(TaskFields.ATTACHMENT_CONTENT_B64);
      json.writeRawValue("\"");
      json.flush();
      return new TaskHeader(out.toByteArray(), sizeAt, hashAt);
    } catch (IOException e) {
      throw new IllegalStateException("writing to memory cannot fail", e);
    }
  }

  private static int writeExtras(
      JsonGenerator json, ByteArrayOutputStream out, AttachmentTask.Extras extras)
      throws IOException {
    if (extras.schemaVersion() != null) {
      json.writeNumberField(TaskFields.SCHEMA_VERSION, extras.schemaVersion());
    }
    writeIfPresent(json, TaskFields.MAILBOX, extras.mailbox());
    json.writeStringField(TaskFields.ATTACHMENT_SHA256, HASH_ROOM);
    json.flush();
    int hashAt = out.size() - HASH_ROOM.length() - 1;
    writeIfPresent(
        json, TaskFields.ATTACHMENT_DETECTED_MIME_TYPE, extras.attachmentDetectedMimeType());
    return hashAt;
  }

  private static void writeIfPresent(JsonGenerator json, String field, @Nullable String value)
      throws IOException {
    if (value != null) {
      writeText(json, field, value);
    }
  }

  /**
   * Writes a text of the mail, in which half a surrogate pair may stand: UTF-8 has no form for it.
   */
  private static void writeText(JsonGenerator json, String field, String value) throws IOException {
    boolean broken = hasHalfPair(value);
    json.writeStringField(field, broken ? new String(value.getBytes(UTF_8), UTF_8) : value);
  }

  private static boolean hasHalfPair(String value) {
    int at = 0;
    while (at < value.length()) {
      int point = value.codePointAt(at);
      if (point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE) {
        return true;
      }
      at += Character.charCount(point);
    }
    return false;
  }

  int length() {
    return bytes.length;
  }

  /** Puts the header at the beginning of a task's JSON. */
  void copyTo(byte[] json) {
    System.arraycopy(bytes, 0, json, 0, bytes.length);
  }

  /** Fills the reserved room of a header that was copied before; returns the hash as written. */
  String fill(byte[] json, int size, byte[] sha256) {
    byte[] digits = Integer.toString(size).getBytes(ISO_8859_1);
    System.arraycopy(digits, 0, json, sizeAt, digits.length);
    String hex = HexFormat.of().formatHex(sha256);
    System.arraycopy(hex.getBytes(ISO_8859_1), 0, json, hashAt, hex.length());
    return hex;
  }
}
