package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.SafeFileName;
import io.emailmonitor.worker.Attempt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;

/**
 * A task as multipart/form-data: part {@code task} with what it says, part {@code content} with its
 * bytes. The content is decoded each time the body is read, and never held as a whole.
 */
final class MultipartBody {
  private static final String PLAIN_TYPE = "application/octet-stream";

  private final Attempt attempt;
  private final String boundary = "email-monitor-" + UUID.randomUUID();
  private final byte[] before;
  private final byte[] after;

  MultipartBody(Attempt attempt) throws IOException {
    this.attempt = attempt;
    before = beginning(attempt.task());
    after = ("\r\n--" + boundary + "--\r\n").getBytes(UTF_8);
  }

  private byte[] beginning(AttachmentTask task) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(part("name=\"task\"; filename=\"task.json\"", "application/json"));
    TaskFacts.write(task, task.attachmentSize(), task.extras().attachmentSha256(), out);
    out.writeBytes("\r\n".getBytes(UTF_8));
    String name = SafeFileName.of(task.attachmentFilename()).replace("\"", "%22");
    out.writeBytes(
        part("name=\"content\"; filename=\"" + name + "\"", type(task.attachmentMimeType())));
    return out.toByteArray();
  }

  private byte[] part(String disposition, String type) {
    return ("--"
            + boundary
            + "\r\nContent-Disposition: form-data; "
            + disposition
            + "\r\nContent-Type: "
            + type
            + "\r\n\r\n")
        .getBytes(UTF_8);
  }

  /** What the mail says may be anything, also a header of its own. */
  private static String type(String given) {
    return given.matches("[\\w.+-]{1,100}/[\\w.+-]{1,100}") ? given : PLAIN_TYPE;
  }

  String contentType() {
    return "multipart/form-data; boundary=" + boundary;
  }

  InputStream open() {
    return new SequenceInputStream(
        Collections.enumeration(
            List.of(
                new ByteArrayInputStream(before),
                attempt.openContent(),
                new ByteArrayInputStream(after))));
  }

  /** What must be known of the body before its first byte is sent. */
  record Measure(long length, String sha256) {}

  /** Reads it through once. */
  Measure measure() throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream body = new DigestInputStream(open(), sha256)) {
      byte[] buffer = new byte[32 * 1024];
      long length = 0;
      for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
        length += n;
      }
      return new Measure(length, HexFormat.of().formatHex(sha256.digest()));
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
