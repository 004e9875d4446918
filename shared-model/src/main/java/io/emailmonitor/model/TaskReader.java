package io.emailmonitor.model;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Collects a task's fields, in whatever order they come, and checks what the contract says of them.
 */
final class TaskReader {
  private static final Set<String> TEXTS =
      Set.of(
          TaskFields.TASK_ID,
          TaskFields.EMAIL_ID,
          TaskFields.EMAIL_SUBJECT,
          TaskFields.EMAIL_SENDER,
          TaskFields.EMAIL_SENDER_EMAIL,
          TaskFields.EMAIL_RECEIVED_DATE,
          TaskFields.ATTACHMENT_ID,
          TaskFields.ATTACHMENT_FILENAME,
          TaskFields.ATTACHMENT_MIME_TYPE,
          TaskFields.CREATED_AT,
          TaskFields.EMAIL_CONTENT);
  private static final Set<String> OPTIONAL_TEXTS =
      Set.of(
          TaskFields.MAILBOX,
          TaskFields.ATTACHMENT_SHA256,
          TaskFields.ATTACHMENT_DETECTED_MIME_TYPE);

  private static final String PLAIN_DATE = "2025-01-19T10:30:00Z";

  private final Map<String, String> texts = new HashMap<>();
  private @Nullable Integer size;
  private @Nullable Integer schemaVersion;

  /** Takes the value that the parser stands on; fields that nobody knows are passed over. */
  void read(String field, JsonParser parser) throws IOException {
    if (TEXTS.contains(field)) {
      expect(field, "a string", parser, JsonToken.VALUE_STRING);
      texts.put(field, parser.getText());
    } else if (OPTIONAL_TEXTS.contains(field)) {
      if (parser.currentToken() != JsonToken.VALUE_NULL) {
        expect(field, "a string", parser, JsonToken.VALUE_STRING);
        texts.put(field, parser.getText());
      }
    } else if (field.equals(TaskFields.ATTACHMENT_SIZE)) {
      size = integer(field, parser);
    } else if (field.equals(TaskFields.SCHEMA_VERSION)) {
      schemaVersion = parser.currentToken() == JsonToken.VALUE_NULL ? null : integer(field, parser);
    } else {
      parser.skipChildren();
    }
  }

  private static int integer(String field, JsonParser parser) throws IOException {
    expect(field, "an integer", parser, JsonToken.VALUE_NUMBER_INT);
    long value =
        parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER ? -1 : parser.getLongValue();
    if (value < 0 || value > Integer.MAX_VALUE) {
      throw new MalformedTaskException(
          "'" + field + "' is not between 0 and " + Integer.MAX_VALUE, offset(parser));
    }
    return (int) value;
  }

  private static void expect(String field, String kind, JsonParser parser, JsonToken token)
      throws MalformedTaskException {
    if (parser.currentToken() != token) {
      throw new MalformedTaskException("'" + field + "' is not " + kind, offset(parser));
    }
  }

  static long offset(JsonParser parser) {
    return parser.currentTokenLocation().getByteOffset();
  }

  AttachmentTask task() throws MalformedTaskException {
    return new AttachmentTask(
        identity(TaskFields.TASK_ID),
        text(TaskFields.EMAIL_ID),
        text(TaskFields.EMAIL_SUBJECT),
        text(TaskFields.EMAIL_SENDER),
        text(TaskFields.EMAIL_SENDER_EMAIL),
        date(TaskFields.EMAIL_RECEIVED_DATE),
        text(TaskFields.ATTACHMENT_ID),
        text(TaskFields.ATTACHMENT_FILENAME),
        text(TaskFields.ATTACHMENT_MIME_TYPE),
        required(TaskFields.ATTACHMENT_SIZE, size),
        date(TaskFields.CREATED_AT),
        text(TaskFields.EMAIL_CONTENT),
        new AttachmentTask.Extras(
            schemaVersion,
            texts.get(TaskFields.MAILBOX),
            texts.get(TaskFields.ATTACHMENT_SHA256),
            texts.get(TaskFields.ATTACHMENT_DETECTED_MIME_TYPE)));
  }

  private String text(String field) throws MalformedTaskException {
    return required(field, texts.get(field));
  }

  private String identity(String field) throws MalformedTaskException {
    String id = text(field);
    if (id.isBlank()) {
      throw new MalformedTaskException("'" + field + "' is empty", MalformedTaskException.NOWHERE);
    }
    return id;
  }

  private static <T> T required(String field, @Nullable T value) throws MalformedTaskException {
    if (value == null) {
      throw new MalformedTaskException(
          "'" + field + "' is missing", MalformedTaskException.NOWHERE);
    }
    return value;
  }

  /**
   * Any RFC 3339 date; one without a zone, as Python's {@code isoformat()} makes it, is taken as
   * UTC.
   */
  private Instant date(String field) throws MalformedTaskException {
    String value = text(field);
    try {
      // What our own producers write, and the quickest to read.
      if (value.length() == PLAIN_DATE.length() && value.endsWith("Z")) {
        return Instant.parse(value);
      }
      TemporalAccessor date =
          DateTimeFormatter.ISO_DATE_TIME.parseBest(
              value, OffsetDateTime::from, LocalDateTime::from);
      return date instanceof OffsetDateTime zoned
          ? zoned.toInstant()
          : LocalDateTime.from(date).toInstant(ZoneOffset.UTC);
    } catch (DateTimeParseException e) {
      throw new MalformedTaskException(
          "'" + field + "' is not an RFC 3339 date", MalformedTaskException.NOWHERE);
    }
  }
}
