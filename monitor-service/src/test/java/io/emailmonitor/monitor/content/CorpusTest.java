package io.emailmonitor.monitor.content;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.mail.MailReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Real mail, where it is present: what lies within it, against what other parsers find. */
class CorpusTest {
  private static final Path CORPUS =
      Path.of(System.getProperty("emailmonitor.corpus", "../../shared/corpus"));

  /** Quoted-printable that ends in a soft line break: the library keeps the sign. */
  private static final Set<String> SOFT_BREAKS =
      Set.of("eml/flanker__messages-torture.eml 0", "eml/flanker__messages-torture.eml 9");

  private static final Unpacker.Limits LIMITS = new Unpacker.Limits(5, 500, 100_000_000);

  private final ContentTypes types = new ContentTypes();
  private final Unpacker messages = new Unpacker(Set.of(Format.MESSAGE), LIMITS, types);
  private final Unpacker all = new Unpacker(EnumSet.allOf(Format.class), LIMITS, types);

  @BeforeEach
  void look() {
    assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS + ": nothing to compare with");
  }

  @Test
  void findsWhatOtherParsersFind_inAttachedMessages() throws Exception {
    Map<String, String> differing = new TreeMap<>();
    int compared = 0;
    for (JsonNode mail : manifest()) {
      List<MailAttachment> attachments = attachments(mail);
      if (mail.path("confidence").asText().equals("disputed")
          || attachments.size() != mail.path("attachments").size()) {
        continue;
      }
      for (int i = 0; i < attachments.size(); i++) {
        JsonNode nested = mail.path("attachments").get(i).path("nested").path("attachments");
        if (nested.isArray()) {
          List<String> expected = new ArrayList<>();
          nested.forEach(
              a -> expected.add(a.path("size").asInt() + " " + a.path("sha256").asText()));
          List<String> found = topLevel(attachments.get(i));
          compared += expected.size();
          if (!expected.equals(found)) {
            differing.put(mail.path("file").asText() + " " + i, expected + " != " + found);
          }
        }
      }
    }
    System.out.printf(
        "corpus: %d attachments in attached messages; %d messages differ: %s%n",
        compared, differing.size(), differing);
    assertThat(compared).isGreaterThan(20);
    differing.keySet().removeAll(SOFT_BREAKS);
    assertThat(differing).isEmpty();
  }

  @Test
  void opensWinmailAndSignedMail_orTellsWhyNot() throws Exception {
    Map<String, String> results = new TreeMap<>();
    for (JsonNode mail : manifest()) {
      for (MailAttachment attachment : attachments(mail)) {
        Attachment listed = listed(attachment);
        if (all.format(listed).map(Format::isWrapper).orElse(false)) {
          results.put(mail.path("file").asText(), result(listed, attachment));
        }
      }
    }
    results.forEach((file, result) -> System.out.println("corpus: " + file + ": " + result));
    assertThat(results)
        .containsEntry("eml/sisimai__lhost-amazonworkmail-02.eml", "[]")
        .containsEntry("eml/zbateson__m4006.eml", "DAMAGED: no TNEF signature")
        .containsEntry(
            "eml/mimekit__content-length.mbox.txt_10.eml", "ENCRYPTED: an encrypted message")
        .containsEntry("eml/mimekit__content-length.mbox.txt_9.eml", "[smime.p7s 4108]")
        .containsEntry("eml/webklex__pec.eml", "[data.xml 6, test-subject.eml 210, smime.p7s 1]");
  }

  private String result(Attachment listed, MailAttachment attachment) throws IOException {
    try {
      return all.list(listed, content(attachment)).stream()
          .map(c -> c.attachment().name() + " " + c.attachment().size())
          .toList()
          .toString();
    } catch (ObstacleException e) {
      return e.obstacle().kind() + ": " + e.obstacle().detail();
    }
  }

  private List<String> topLevel(MailAttachment attachment) throws Exception {
    Attachment item = new Attachment("id", Attachment.Kind.ITEM, "m.eml", null, 0, false);
    List<Contained> listed = messages.list(item, content(attachment));
    Map<String, String> hashes = new HashMap<>();
    List<String> wanted =
        listed.stream().filter(c -> c.level() == 1).map(c -> c.attachment().id()).toList();
    messages.read(
        item,
        content(attachment),
        listed,
        wanted,
        (c, in) -> hashes.put(c.attachment().id(), c.attachment().size() + " " + sha256(in)));
    return wanted.stream().map(id -> String.valueOf(hashes.get(id))).toList();
  }

  private static String sha256(InputStream in) throws IOException {
    try {
      byte[] content = in.readAllBytes();
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static Unpacker.Content content(MailAttachment attachment) {
    return () -> new ByteArrayInputStream(attachment.content().bytes());
  }

  private static Attachment listed(MailAttachment attachment) {
    return new Attachment(
        "id",
        Attachment.Kind.valueOf(attachment.kind().name()),
        attachment.shownName(),
        attachment.contentType(),
        attachment.content().size(),
        attachment.inline());
  }

  private static List<MailAttachment> attachments(JsonNode mail) throws IOException {
    return MailReader.read(Files.readAllBytes(CORPUS.resolve(mail.path("file").asText())))
        .attachments();
  }

  private static List<JsonNode> manifest() throws IOException {
    ObjectMapper json = new ObjectMapper();
    List<JsonNode> mails = new ArrayList<>();
    for (String line : Files.readAllLines(CORPUS.resolve("manifest.jsonl"))) {
      mails.add(json.readTree(line));
    }
    return mails;
  }
}
