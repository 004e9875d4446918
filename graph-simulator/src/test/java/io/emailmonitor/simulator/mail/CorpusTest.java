package io.emailmonitor.simulator.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Real mail of other projects, where it is present, against what three other parsers make of it.
 */
class CorpusTest {

  private static final Path CORPUS =
      Path.of(System.getProperty("emailmonitor.corpus", "../../shared/corpus"));
  private static final List<String> DECIDED =
      List.of("agreed", "agreed-2", "majority", "majority-not-py");

  private static final String UNDECODABLE = "\ufffd";

  private static final String SIGNED = "one smime.p7m, as Exchange shows signed mail";

  /** File -> why it is read in another way than the others read it. */
  private static final Map<String, String> DISAGREEMENTS =
      Map.of(
          "eml/flanker__messages-signed.eml",
          SIGNED,
          "eml/mimekit__content-length.mbox.txt_3.eml",
          SIGNED,
          "eml/mimekit__content-length.mbox.txt_6.eml",
          SIGNED,
          "eml/mimekit__content-length.mbox.txt_9.eml",
          SIGNED,
          "eml/webklex__pec.eml",
          SIGNED,
          "eml/mikelmail__mime_emails-raw_email_with_binary_encoded.eml",
          "two subjects: the first counts",
          "eml/rspamd__phish_sender.eml",
          "two senders: the first counts",
          "eml/sisimai__lhost-x2-04.eml",
          "a date in no form that mail knows",
          "eml/spamassassin__spam-utf16.eml",
          "UTF-16 without a byte order mark: the JDK takes it for big-endian",
          "eml/stalwart__001.eml",
          "UTF-7, which the JDK does not have");

  @Test
  void readsMail_asOtherParsersDo() throws IOException {
    assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS + ": nothing to compare with");
    Map<String, List<String>> differing = new TreeMap<>();
    int messages = 0;
    int attachments = 0;
    ObjectMapper json = new ObjectMapper();
    for (String line : Files.readAllLines(CORPUS.resolve("manifest.jsonl"))) {
      JsonNode expected = json.readTree(line);
      String file = expected.path("file").asText();
      Mail mail = MailReader.readUnguarded(Files.readAllBytes(CORPUS.resolve(file)));
      messages++;
      attachments += mail.attachments().size();
      List<String> differences = differences(expected, mail);
      if (!differences.isEmpty()) {
        differing.put(file, differences);
      }
    }
    System.out.printf(
        "corpus: %d messages, %d attachments; %d messages are read in another way%n",
        messages, attachments, differing.size());
    differing.keySet().removeAll(DISAGREEMENTS.keySet());
    assertThat(differing).isEmpty();
  }

  private static List<String> differences(JsonNode expected, Mail mail) {
    Differences differences = new Differences();
    JsonNode basis = expected.path("basis");
    head(expected, basis, mail, differences);
    JsonNode attachments = expected.path("attachments");
    if (expected.path("confidence").asText().equals("disputed")) {
      return differences.found;
    }
    differences.check("count", attachments.size(), mail.attachments().size());
    if (differences.found.isEmpty()) {
      for (int i = 0; i < attachments.size(); i++) {
        attachment(attachments.get(i), mail.attachments().get(i), differences);
      }
    }
    return differences.found;
  }

  private static void head(JsonNode expected, JsonNode basis, Mail mail, Differences differences) {
    String subject = expected.path("subject").asText("");
    if (decided(basis, "subject") && !subject.contains(UNDECODABLE)) {
      differences.check("subject", spaced(subject), spaced(mail.subject()));
    }
    MailAddress from = mail.from();
    if (decided(basis, "from_address")) {
      differences.check(
          "from", expected.path("from_address").asText(""), from == null ? "" : from.address());
    }
    if (decided(basis, "date") && expected.path("date").isTextual()) {
      differences.check("date", Instant.parse(expected.path("date").asText()), mail.sent());
    }
  }

  private static void attachment(JsonNode expected, MailAttachment found, Differences differences) {
    JsonNode basis = expected.path("basis");
    if (decided(basis, "filename")) {
      differences.check("name", expected.path("filename").textValue(), found.name());
    }
    if (decided(basis, "bytes")) {
      differences.check("size", expected.path("size").asInt(), found.content().size());
      differences.check("hash", expected.path("sha256").asText(), found.content().sha256());
    } else if (basis.path("bytes").asText().equals("eol-only")) {
      Content text = Content.of(withoutEndings(found));
      differences.check("text", expected.path("sha256_lf").asText(), text.sha256());
    }
    if (decided(basis, "mime_type")) {
      differences.check("type", expected.path("mime_type").asText(), found.contentType());
    }
    differences.check("inline", expected.path("inline").asBoolean(), found.inline());
    boolean item = expected.path("kind").asText().equals("message");
    differences.check("item", item, found.kind() == MailAttachment.Kind.ITEM);
  }

  private static String spaced(@Nullable String text) {
    return text == null ? "" : text.replaceAll("\\s+", " ").strip();
  }

  private static boolean decided(JsonNode basis, String field) {
    return DECIDED.contains(basis.path(field).asText());
  }

  private static byte[] withoutEndings(MailAttachment found) {
    return new String(found.content().bytes(), StandardCharsets.ISO_8859_1)
        .replace("\r\n", "\n")
        .replace('\r', '\n')
        .replaceAll("\n+$", "")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  private static final class Differences {
    private final List<String> found = new ArrayList<>();

    private void check(String what, @Nullable Object expected, @Nullable Object actual) {
      if (!Objects.equals(expected, actual)) {
        found.add(what + " '" + expected + "' != '" + actual + "'");
      }
    }
  }
}
