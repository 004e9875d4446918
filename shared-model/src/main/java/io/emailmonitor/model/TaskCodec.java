package io.emailmonitor.model;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Turns tasks into the queue's JSON and back. The content is moved once in each direction: from its
 * stream into the array that goes to Redis, and from the array that came from Redis to whoever asks
 * for it. Safe for use by any number of threads.
 */
public final class TaskCodec {
  /** The longest item: what Redis takes as one value by default, in bytes. */
  public static final int MAX_JSON_BYTES = 512 * 1024 * 1024;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          // Jackson's own limit of 20 million characters would refuse long message bodies.
          .streamReadConstraints(
              StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
          // Errors go to logs and to the list of dead tasks: never with a piece of the mail in
          // them.
          .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
          .build();

  private TaskCodec() {}

  /**
   * Encodes a task whose content is read from a stream; the stream stays open.
   *
   * @param task what is known of it; its size and hash are replaced by those of the content
   * @param expectedSize how many bytes the content has, as far as known; a good guess saves copying
   * @param maxSize how many bytes the content may have
   * @throws ContentTooLargeException if the content is larger, or the JSON would pass {@link
   *     #MAX_JSON_BYTES}
   * @throws IOException if reading the content fails
   */
  public static EncodedTask encode(
      AttachmentTask task, InputStream content, int expectedSize, int maxSize) throws IOException {
    return new TaskEncoder(task, Math.min(expectedSize, maxSize)).encode(content, maxSize);
  }

  /**
   * Reads a task. Fields may come in any order and unknown ones are passed over; the content is not
   * decoded yet.
   *
   * @param json the whole item; the result refers to it, so it must not be changed
   * @throws MalformedTaskException if it is not a task, saying what is wrong and where
   */
  public static DecodedTask decode(byte[] json) throws MalformedTaskException {
    try (JsonParser parser = JSON.createParser(json)) {
      TaskReader fields = new TaskReader();
      boolean content = readUntilContent(parser, fields);
      if (!content) {
        throw new MalformedTaskException(
            "'" + TaskFields.ATTACHMENT_CONTENT_B64 + "' is missing",
            MalformedTaskException.NOWHERE);
      }
      int start = (int) parser.currentLocation().getByteOffset();
      JsonString string = JsonString.scan(json, start);
      if (!closesObject(json, string.end + 1)) {
        fields = readAround(json, start, string.end);
      }
      return new DecodedTask(fields.task(), content(json, start, string));
    } catch (MalformedTaskException e) {
      throw e;
    } catch (JsonProcessingException e) {
      throw notJson(e, 0);
    } catch (IOException e) {
      throw new IllegalStateException("reading from memory cannot fail", e);
    }
  }

  /**
   * Takes an item that was encoded before and has been kept outside, as in a file.
   *
   * @param json the whole item; it becomes the task's, so it must not be changed
   * @throws MalformedTaskException if it is not a task, or its content is not all there
   */
  public static EncodedTask encoded(byte[] json) throws MalformedTaskException {
    DecodedTask decoded = decode(json);
    int announced = decoded.task().attachmentSize();
    if (decoded.contentLength() != announced) {
      throw new MalformedTaskException(
          "its content has " + decoded.contentLength() + " bytes instead of " + announced,
          MalformedTaskException.NOWHERE);
    }
    return new EncodedTask(decoded.task(), json);
  }

  /**
   * Reads the fields that stand before the long ones (the message's body and the content) from an
   * item's beginning. Made for looking into a queue without moving content: the item may be cut off
   * anywhere, and what is not JSON gives an empty map.
   *
   * @return text and integer fields in their order
   */
  public static Map<String, Object> facts(byte[] beginning) {
    Map<String, Object> facts = new LinkedHashMap<>();
    try (JsonParser parser = JSON.createParser(beginning)) {
      boolean more = parser.nextToken() == JsonToken.START_OBJECT;
      while (more && parser.nextToken() == JsonToken.FIELD_NAME) {
        String field = parser.currentName();
        JsonToken value = parser.nextToken();
        if (field.equals(TaskFields.EMAIL_CONTENT)
            || field.equals(TaskFields.ATTACHMENT_CONTENT_B64)) {
          more = false;
        } else if (value == JsonToken.VALUE_STRING) {
          facts.put(field, parser.getText());
        } else if (value == JsonToken.VALUE_NUMBER_INT) {
          facts.put(field, parser.getNumberValue());
        } else {
          parser.skipChildren();
        }
      }
    } catch (IOException e) {
      return facts; // cut off or not JSON: what was read so far is all there is to say
    }
    return facts;
  }

  /**
   * Leaves the parser behind the opening quote of the content; false if the object ends without it.
   */
  private static boolean readUntilContent(JsonParser parser, TaskReader fields) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      throw new MalformedTaskException("not a JSON object", 0);
    }
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      JsonToken value = parser.nextToken();
      if (!field.equals(TaskFields.ATTACHMENT_CONTENT_B64)) {
        fields.read(field, parser);
      } else if (value == JsonToken.VALUE_STRING) {
        return true;
      } else {
        throw new MalformedTaskException(
            "'" + field + "' is not a string", TaskReader.offset(parser));
      }
    }
    return false;
  }

  private static boolean closesObject(byte[] json, int from) {
    int at = skipSpace(json, from);
    return at < json.length && json[at] == '}' && skipSpace(json, at + 1) == json.length;
  }

  private static int skipSpace(byte[] json, int from) {
    int at = from;
    while (at < json.length
        && (json[at] == ' ' || json[at] == '\n' || json[at] == '\r' || json[at] == '\t')) {
      at++;
    }
    return at;
  }

  /**
   * Other writers may put fields behind the content: reads the item as if the content were empty.
   */
  private static TaskReader readAround(byte[] json, int start, int end)
      throws IOException, MalformedTaskException {
    InputStream without =
        new SequenceInputStream(
            new ByteArrayInputStream(json, 0, start),
            new ByteArrayInputStream(json, end, json.length - end));
    TaskReader fields = new TaskReader();
    try (JsonParser parser = JSON.createParser(without)) {
      readUntilContent(parser, fields);
      if (readRest(parser, fields)) {
        throw new MalformedTaskException(
            "'" + TaskFields.ATTACHMENT_CONTENT_B64 + "' occurs twice",
            MalformedTaskException.NOWHERE);
      }
      if (parser.nextToken() != null) {
        throw new MalformedTaskException("there is more behind the JSON object", json.length - 1L);
      }
      return fields;
    } catch (JsonProcessingException e) {
      throw notJson(e, end - start);
    }
  }

  private static boolean readRest(JsonParser parser, TaskReader fields) throws IOException {
    JsonToken token = parser.nextToken();
    while (token == JsonToken.FIELD_NAME) {
      String field = parser.currentName();
      parser.nextToken();
      if (field.equals(TaskFields.ATTACHMENT_CONTENT_B64)) {
        return true;
      }
      fields.read(field, parser);
      token = parser.nextToken();
    }
    return false;
  }

  private static Base64Content content(byte[] json, int start, JsonString string)
      throws MalformedTaskException {
    if (!string.escaped) {
      return new Base64Content(json, start, string.end);
    }
    byte[] plain = JsonString.unescapedBase64(json, start, string.end);
    return new Base64Content(plain, 0, plain.length);
  }

  private static MalformedTaskException notJson(JsonProcessingException e, int skipped) {
    long offset = e.getLocation() == null ? -1 : e.getLocation().getByteOffset() + skipped;
    // Jackson quotes the token that it stumbled over, which may be a piece of somebody's mail.
    String problem = e.getOriginalMessage().replaceAll("'[^']{2,}'", "'...'");
    return new MalformedTaskException("not valid JSON: " + problem, offset);
  }
}
