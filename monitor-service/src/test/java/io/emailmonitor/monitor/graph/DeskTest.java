package io.emailmonitor.monitor.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.IOException;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The requests that change messages, as Microsoft's documentation has them. */
class DeskTest {
  private static final Mailbox ANNA = new Mailbox("anna@contoso.example");
  private static final Mail MAIL =
      new Mail("m1", null, "", "", "", Instant.EPOCH, "the folder where it was");
  private static final String STATE =
      "{\"id\":\"m1\",\"isRead\":false,\"categories\":[\"Blue\"],\"parentFolderId\":\"%s\"}";

  private final ScriptedServer server = new ScriptedServer();
  private final GraphMailSource source = new GraphMailSource(server.settings());

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void writesWhatTheDocumentationSays_andKeepsTheImmutableId() throws IOException {
    server
        .thenJson(200, STATE.formatted("the folder where it was"))
        .thenJson(200, "{\"id\":\"m1\"}")
        .thenJson(201, "{\"id\":\"m1\"}");

    source.follow(ANNA, MAIL, new FollowUp(true, "Taken", "archive"));

    assertThat(server.seen).hasSize(3);
    assertThat(server.seen)
        .allSatisfy(
            seen ->
                assertThat(seen.headers().getFirst("Prefer")).contains("IdType=\"ImmutableId\""));
    JsonNode patch = new ObjectMapper().readTree(server.seen.get(1).body());
    assertThat(patch.path("isRead").asBoolean()).isTrue();
    assertThat(patch.path("categories").toString()).isEqualTo("[\"Blue\",\"Taken\"]");
    assertThat(server.seen.get(2).uri()).endsWith("/messages/m1/move");
    assertThat(server.seen.get(2).body()).isEqualTo("{\"destinationId\":\"archive\"}");
  }

  @Test
  void changesNothing_whereItIsSoAlready_andLiesElsewhere() {
    server.thenJson(
        200,
        "{\"id\":\"m1\",\"isRead\":true,\"categories\":[\"TAKEN\"],\"parentFolderId\":\"other\"}");

    source.follow(ANNA, MAIL, new FollowUp(true, "Taken", "archive"));

    assertThat(server.seen).hasSize(1);
  }

  @Test
  void comesAgainLater_whenSomebodyElseChangesTheMessage() {
    server
        .thenJson(200, STATE.formatted("the folder where it was"))
        .thenError(409, "ErrorIrresolvableConflict");

    assertThatThrownBy(() -> source.follow(ANNA, MAIL, new FollowUp(true, null, null)))
        .isInstanceOfSatisfying(
            MailSourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
  }

  @Test
  void sendsAWriteOnlyOnce_whenTheConnectionBreaks() {
    server
        .thenJson(200, STATE.formatted("the folder where it was"))
        .then(exchange -> exchange.close());

    assertThatThrownBy(() -> source.follow(ANNA, MAIL, new FollowUp(true, null, null)))
        .isInstanceOfSatisfying(
            MailSourceException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(server.seen).hasSize(2);
  }
}
