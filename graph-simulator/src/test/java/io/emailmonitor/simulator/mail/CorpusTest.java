package io.emailmonitor.simulator.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Real mail of other projects, where it is present, against what three other parsers make of it.
 */
class CorpusTest {

  private static final Path CORPUS =
      Path.of(System.getProperty("emailmonitor.corpus", "../../shared/corpus"));
  private static final List<String> DECIDED =
      List.of("agreed", "agreed-2", "majority", "majority-not-py");

  /** File and what differs, and why that is left so. */
  private static final Map<String, String> DISAGREEMENTS = Map.of();

  @Test
  void findsTheSameAttachments_asOtherParsers() throws IOException {
    assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS + ": nothing to compare with");
    Map<String, List<String>> differing = new TreeMap<>();
    int messages = 0;
    int attachments = 0;
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(CORPUS.resolve("manifest.jsonl"))) {
      JsonNode expected = json.readTree(line);
      String file = expected.path("file").asText();
      Mail mail = MailReader.read(Files.readAllBytes(CORPUS.resolve(file)));
      messages++;
      attachments += expected.path("attachment_count").asInt();
      List<String> differences = differences(expected, mail);
      if (!differences.isEmpty()) {
        differing.put(file, differences);
      }
    }
    int share = 100 * (messages - differing.size()) / messages;
    System.out.printf(
        "corpus: %d messages, %d attachments, %d%% of the messages read alike; differing: %d%n",
        messages, attachments, share, differing.size());
    differing.forEach((file, what) -> System.out.println(file + " " + what));
    assertThat(differing.keySet()).isSubsetOf(DISAGREEMENTS.keySet());
  }

  private static List<String> differences(JsonNode expected, Mail mail) {
    List<String> differences = new ArrayList<>();
    if (expected.path("confidence").asText().equals("disputed")) {
      return differences;
    }
    JsonNode attachments = expected.path("attachments");
    if (attachments.size() != mail.attachments().size()) {
      differences.add("count " + attachments.size() + " != " + mail.attachments().size());
      return differences;
    }
    for (int i = 0; i < attachments.size(); i++) {
      compare(attachments.get(i), mail.attachments().get(i), i, differences);
    }
    return differences;
  }

  private static void compare(
      JsonNode expected, MailAttachment found, int at, List<String> differences) {
    JsonNode basis = expected.path("basis");
    String name = expected.path("filename").textValue();
    if (DECIDED.contains(basis.path("filename").asText()) && !Objects.equals(name, found.name())) {
      differences.add(at + ": name '" + name + "' != '" + found.name() + "'");
    }
    String bytes = basis.path("bytes").asText();
    if (DECIDED.contains(bytes)
        && !expected.path("sha256").asText().equals(found.content().sha256())) {
      differences.add(
          at
              + ": size "
              + expected.path("size").asInt()
              + " != "
              + found.content().size()
              + " "
              + expected.path("transfer_encoding").asText()
              + " "
              + expected.path("mime_type")
              + bytes);
    } else if (bytes.equals("eol-only")
        && !expected
            .path("sha256_lf")
            .asText()
            .equals(new Content(withoutEndings(found)).sha256())) {
      differences.add(at + ": text differs");
    }
    if (DECIDED.contains(basis.path("mime_type").asText())
        && !expected.path("mime_type").asText().equals(found.contentType())) {
      differences.add(at + ": type " + expected.path("mime_type") + " != " + found.contentType());
    }
    if (expected.path("inline").asBoolean() != found.inline()) {
      differences.add(at + ": inline " + expected.path("inline"));
    }
    if (expected.path("kind").asText().equals("message")
        != (found.kind() == MailAttachment.Kind.ITEM)) {
      differences.add(at + ": kind " + expected.path("kind"));
    }
  }

  private static byte[] withoutEndings(MailAttachment found) {
    return new String(found.content().bytes(), StandardCharsets.ISO_8859_1)
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .replaceAll("\n+$", "")
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
