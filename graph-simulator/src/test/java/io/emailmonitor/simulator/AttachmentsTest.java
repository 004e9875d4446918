package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import io.emailmonitor.simulator.Truth.MessageTruth;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttachmentsTest {

  private static final String LIGHT =
      "?$select=id,name,contentType,size,isInline,lastModifiedDateTime";

  private static GraphSimulator simulator;
  private static GraphClient graph;

  @BeforeAll
  static void start() throws IOException {
    simulator = GraphSimulator.builder().samples().build().start();
    graph = new GraphClient(simulator);
  }

  @AfterAll
  static void stop() {
    simulator.close();
  }

  private static MessageTruth sample(String name) {
    return simulator
        .truth()
        .messages()
        .filter(message -> message.source().contains(name))
        .findFirst()
        .orElseThrow();
  }

  private static String attachments(MessageTruth message) {
    String mailbox = message.source().substring(0, message.source().indexOf('/'));
    return "/users/" + mailbox + "/messages/" + message.id() + "/attachments";
  }

  @Test
  void servesEveryAttachmentOfEverySample_asTheTruthSays() {
    int served = 0;
    for (MessageTruth message : simulator.truth().messages().toList()) {
      JsonNode listed = graph.json(attachments(message) + LIGHT, GraphClient.IMMUTABLE);
      assertThat(listed.path("value")).hasSize(message.attachments().size());
      for (int i = 0; i < message.attachments().size(); i++) {
        AttachmentTruth truth = message.attachments().get(i);
        check(listed.path("value").get(i), truth);
        GraphClient.Answer value = graph.get(attachments(message) + "/" + truth.id() + "/$value");
        if (truth.kind().equals("reference")) {
          assertThat(value.status()).isEqualTo(405);
        } else {
          assertThat(value.status()).isEqualTo(200);
          assertThat(value.bytes()).hasSize(truth.size());
          assertThat(sha256(value.bytes())).isEqualTo(truth.sha256());
        }
        served++;
      }
    }
    assertThat(served).isGreaterThan(70);
  }

  private static void check(JsonNode listed, AttachmentTruth truth) {
    assertThat(listed.path("id").asText()).isEqualTo(truth.id());
    assertThat(listed.path("name").asText()).isEqualTo(truth.name());
    assertThat(listed.path("isInline").asBoolean()).isEqualTo(truth.inline());
    assertThat(listed.path("size").asInt()).isGreaterThan(truth.size());
    assertThat(listed.path("@odata.type").asText())
        .isEqualTo("#microsoft.graph." + truth.kind() + "Attachment");
    assertThat(listed.path("contentType").textValue()).isEqualTo(truth.contentType());
    assertThat(listed.has("contentBytes")).isFalse();
  }

  @Test
  void givesTheContent_toThoseWhoDoNotSelect() throws IOException {
    MessageTruth message = sample("01-invoice-pdf");
    JsonNode file = graph.json(attachments(message)).at("/value/0");
    assertThat(sha256(file.path("contentBytes").binaryValue()))
        .isEqualTo(message.attachments().get(0).sha256());
    assertThat(file.has("contentId")).isTrue();
    JsonNode one = graph.json(attachments(message) + "/" + message.attachments().get(0).id());
    assertThat(one.path("contentBytes")).isEqualTo(file.path("contentBytes"));
  }

  @Test
  void refusesToSelect_whatOnlyFilesHave() {
    String at = attachments(sample("01-invoice-pdf"));
    GraphClient.Answer answer = graph.get(at + "?$select=id,contentId");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.error()).isEqualTo("RequestBroker--ParseUri");
    assertThat(answer.text()).contains("'contentId' on type 'microsoft.graph.attachment'");
    JsonNode qualified = graph.json(at + "?$select=id,microsoft.graph.fileAttachment/contentId");
    assertThat(qualified.at("/value/0").has("contentId")).isTrue();
    assertThat(qualified.at("/value/0").has("name")).isFalse();
  }

  @Test
  void saysThatThereAreNone_whenAllAreInline() {
    assertThat(sample("pdf-inline-only").hasAttachments()).isFalse();
    assertThat(sample("only-a-logo").hasAttachments()).isFalse();
    assertThat(sample("logo-and-csv").hasAttachments()).isTrue();
  }

  @Test
  void servesAttachedMail_asMail() {
    MessageTruth message = sample("mail-in-mail-in-mail");
    AttachmentTruth item = message.attachments().get(0);
    assertThat(item.kind()).isEqualTo("item");
    assertThat(item.name()).isEqualTo("FW: My order 1008");
    assertThat(graph.get(attachments(message) + "/" + item.id() + "/$value").text())
        .startsWith("From: Shop <info@shop.example>");
  }

  @Test
  void keepsHostileNames_asTheyAre() {
    assertThat(names("name-climbs-out"))
        .containsExactly(
            "../../etc/passwd", "..\\..\\windows\\system32\\evil.pdf", "/etc/cron.d/job.pdf");
    assertThat(names("name-with-controls")).containsExactly("a\0b\7\n\r\t\33[31m.csv");
    assertThat(names("name-right-to-left").get(0)).isEqualTo("order\u202efdp.exe");
    assertThat(names("name-of-300").get(0)).hasSize(300);
    assertThat(names("name-in-encoded-words")).containsExactly("Rechnung M\u00e4rz \u2116 8.pdf");
    assertThat(names("name-in-pieces")).containsExactly("\u20ac rates and \u00fcbersicht.pdf");
    assertThat(names("raw-eight-bit")).containsExactly("r\u00e9clamation.pdf");
    assertThat(names("pdf-without-name")).containsExactly("ATT00001.bin");
  }

  private static List<String> names(String sample) {
    return sample(sample).attachments().stream()
        .map(AttachmentTruth::name)
        .collect(Collectors.toList());
  }

  @Test
  void knowsAttachmentsByBothForms_andNoOthers() {
    MessageTruth message = sample("01-invoice-pdf");
    AttachmentTruth attachment = message.attachments().get(0);
    String at = attachments(message);
    assertThat(graph.get(at + "/" + attachment.movableId() + "/$value").status()).isEqualTo(200);
    String other = sample("03-pdf-and-word").attachments().get(0).id();
    assertThat(graph.get(at + "/" + other + "/$value").error()).isEqualTo("ErrorItemNotFound");
    assertThat(graph.get(at + "/!/$value").error()).isEqualTo("ErrorInvalidIdMalformed");
  }

  private static String sha256(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
