package io.emailmonitor.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/**
 * The consumer that people start from, in Python and in Java: what it does with an item must keep
 * working.
 */
class SeedConsumerTest {
  private static final String PYTHON =
      """
      import base64, hashlib, json, sys
      data = json.loads(sys.stdin.buffer.read().decode('utf-8'))
      content = base64.b64decode(data['attachment_content_b64'])
      lines = [
          f"Email from: {data['email_sender']} ({data['email_sender_email']})",
          f"Email subject: {data['email_subject']}",
          f"Email content preview: {data['email_content'][:100]}...",
          f"Processing: {data['attachment_filename']}",
          f"MIME Type: {data['attachment_mime_type']}",
          f"Size: {data['attachment_size']} bytes",
          f"SHA-256: {hashlib.sha256(content).hexdigest()}",
      ]
      sys.stdout.buffer.write('\\n'.join(lines).encode('utf-8'))
      """;

  private final byte[] content = Tasks.content(200_003, 5);
  private final byte[] item =
      Tasks.encode(Tasks.withTexts("Rechnung März 🧾", "données.pdf", "Guten Tag,\n…"), content)
          .json();
  private final String expected =
      """
      Email from: John Doe (john.doe@company.example)
      Email subject: Rechnung März 🧾
      Email content preview: Guten Tag,
      ……...
      Processing: données.pdf
      MIME Type: application/pdf
      Size: 200003 bytes
      SHA-256: %s"""
          .replace("……", "…")
          .formatted(HexFormat.of().formatHex(TaskId.sha256().digest(content)));

  @Test
  void python_readsTheItem() throws IOException, InterruptedException {
    assumeTrue(python3Exists(), "python3 is not installed");
    Process python = new ProcessBuilder("python3", "-c", PYTHON).redirectErrorStream(true).start();
    try (OutputStream in = python.getOutputStream()) {
      in.write(item);
    }
    assertThat(new String(python.getInputStream().readAllBytes(), UTF_8)).isEqualTo(expected);
    assertThat(python.waitFor()).isZero();
  }

  @Test
  void java_readsTheItem_withNothingButJackson() throws IOException {
    JsonNode data = new ObjectMapper().readTree(item);
    byte[] decoded = Base64.getDecoder().decode(data.get("attachment_content_b64").textValue());
    String text =
        "Email from: %s (%s)\nEmail subject: %s\nEmail content preview: %s...\nProcessing: %s\nMIME Type: %s\nSize: %s bytes\nSHA-256: %s"
            .formatted(
                data.get("email_sender").textValue(),
                data.get("email_sender_email").textValue(),
                data.get("email_subject").textValue(),
                data.get("email_content").textValue(),
                data.get("attachment_filename").textValue(),
                data.get("attachment_mime_type").textValue(),
                data.get("attachment_size").intValue(),
                HexFormat.of().formatHex(TaskId.sha256().digest(decoded)));
    assertThat(text).isEqualTo(expected);
  }

  private static boolean python3Exists() throws InterruptedException {
    try {
      return new ProcessBuilder("python3", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
