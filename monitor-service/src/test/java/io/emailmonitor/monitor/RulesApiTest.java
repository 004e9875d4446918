package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import java.net.URLEncoder;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The dry run over HTTP. */
class RulesApiTest {
  private static final ApiServer SERVER =
      new ApiServer(
          Optional.empty(),
          Map.of(
              "EXCLUDE_FILES", "*draft*",
              "EXCLUDE_SUBJECTS", "*newsletter*",
              "EXCLUDE_MAILBOXES", "ceo@*",
              "MIN_ATTACHMENT_SIZE", "1KiB"));

  @BeforeEach
  void heal() {
    SERVER.mailSource.failure = null;
  }

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  @Test
  void judgesFacts_andNamesEveryRule() {
    JsonNode answer =
        SERVER
            .get("/rules/explain?mailbox=ceo@company.com&filename=Draft%201.exe&size=5000")
            .json();

    assertThat(answer.at("/mailbox/verdict/accepted").asBoolean()).isFalse();
    assertThat(answer.at("/mailbox/verdict/rule").asText()).isEqualTo("EXCLUDE_MAILBOXES");
    JsonNode attachment = answer.at("/attachments/0");
    assertThat(attachment.at("/verdict/rule").asText()).isEqualTo("FILE_TYPES");
    assertThat(attachment.at("/verdict/reason").asText()).isEqualTo("type-not-wanted");
    assertThat(attachment.at("/rules").findValuesAsText("rule"))
        .containsExactly(
            "KIND",
            "EXCLUDE_SUBJECTS",
            "INLINE_ATTACHMENTS",
            "FILE_TYPES",
            "EXCLUDE_FILES",
            "MIN_ATTACHMENT_SIZE",
            "MAX_ATTACHMENT_SIZE");
    assertThat(attachment.at("/rules/4/why").asText()).isEqualTo("the file's name matches *draft*");
    assertThat(attachment.at("/rules/5/accepted").asBoolean()).isTrue();
  }

  @Test
  void acceptsWhatNoRuleIsAgainst() {
    JsonNode answer = SERVER.get("/rules/explain?filename=a.pdf&size=5000").json();

    assertThat(answer.at("/mailbox").isNull()).isTrue();
    assertThat(answer.at("/attachments/0/verdict").toString())
        .isEqualTo("{\"rule\":null,\"accepted\":true,\"reason\":null,\"why\":null}");
  }

  @Test
  void judgesEachAttachmentOfAMessageThatIsInTheMailbox() {
    JsonNode answer = SERVER.get("/rules/explain?mailbox=a@company.com&message_id=m%2F1").json();

    assertThat(answer.at("/message_id").asText()).isEqualTo("m/1");
    assertThat(answer.at("/subject").asText()).isEqualTo("Our newsletter");
    assertThat(answer.at("/attachments").findValuesAsText("filename"))
        .containsExactly("invoice.pdf", "logo.png");
    assertThat(answer.at("/attachments/0/verdict/rule").asText()).isEqualTo("EXCLUDE_SUBJECTS");
  }

  @Test
  void knowsTheMailboxOfWhatIsRecorded() {
    String id = URLEncoder.encode(FakeHistory.ID, UTF_8);

    assertThat(SERVER.get("/rules/explain?message_id=" + id).json().at("/mailbox/address").asText())
        .isEqualTo("a@company.com");
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(SERVER.get("/rules/explain?message_id=unknown").status()).isEqualTo(404);
    assertThat(SERVER.get("/rules/explain?kind=folder").json().at("/detail").asText())
        .isEqualTo("kind is 'folder'; it must be file, item or reference");
    SERVER.mailSource.failure =
        new MailSourceException(MailSourceException.Kind.GONE, "it is not there", null, null);
    assertThat(SERVER.get("/rules/explain?mailbox=a@b.example&message_id=x").status())
        .isEqualTo(404);
  }
}
