package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.MailRecord.State;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * One message that cannot be read keeps nothing else back, and is given up only for good reason.
 */
class PoisonTest {
  private static final String BOX = "box@contoso.example";

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private GraphSimulator graph;
  private Station station;
  private String bad;

  @BeforeEach
  void open() throws IOException {
    graph = GraphSimulator.builder().build().start();
    graph.deliver(BOX, "inbox", eml("one"));
    bad = graph.deliver(BOX, "inbox", eml("bad"));
    graph.deliver(BOX, "inbox", eml("two"));
    station = Station.before(graph, 20, redis.open());
    station.fileTypes = List.of(".csv");
  }

  @AfterEach
  void close() {
    station.close();
    graph.close();
  }

  static byte[] eml(String name) {
    return """
        From: Carl Sender <carl@partner.example>
        Subject: %1$s
        Message-ID: <%1$s@partner.example>
        Date: Mon, 19 Jan 2026 10:30:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=XX

        --XX
        Content-Type: text/plain

        Hello
        --XX
        Content-Type: text/csv
        Content-Disposition: attachment; filename="%1$s.csv"

        a,b
        --XX--
        """
        .formatted(name)
        .replace("\n", "\r\n")
        .getBytes(UTF_8);
  }

  private static Effect error(String code) {
    return Effect.GraphError.of(code);
  }

  private MailboxRecord standing() {
    return station.history().mailboxes().get(0);
  }

  @Test
  void parksNoMailbox_whenOneMessageMayNotBeRead() {
    Match listing = Match.path("**/messages/*/attachments").message(bad);
    graph.faults().add(Fault.times(1, listing, error("ErrorAccessDenied")));

    assertThat(station.cycle().sum().enqueued()).isEqualTo(2);
    assertThat(standing().parkedReason()).isNull();
    assertThat(station.mail(bad).state()).isEqualTo(State.RETRYING);
    assertThat(station.mail(bad).problem()).contains("ErrorAccessDenied", "Mail.Read");

    station.clock.advance(Duration.ofMinutes(1));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
  }

  @Test
  void parksTheMailbox_whenNoMessageMayBeRead_andGivesNothingUp() {
    Match all = Match.path("**/messages/*/attachments").mailbox(BOX);
    graph.faults().add(Fault.always(all, error("ErrorAccessDenied")));

    station.cycle();
    assertThat(standing().parkedReason()).contains("Mail.Read");
    assertThat(station.history().totals().messages()).isZero();

    graph.faults().clear();
    station.clock.advance(Duration.ofDays(1));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(3);
  }

  @Test
  void triesAgain_whenAMessageIsNotFoundForAMoment() {
    Match all = Match.path("**/messages/*/attachments").message(bad);
    graph.faults().add(Fault.times(1, all, error("ErrorItemNotFound")));
    Match content = Match.path("**/$value").message(bad);
    graph.faults().add(Fault.times(1, content, error("ErrorItemNotFound")));

    station.cycle();
    assertThat(station.mail(bad).state()).isEqualTo(State.RETRYING);
    station.clock.advance(Duration.ofMinutes(1));
    station.cycle();
    assertThat(station.mail(bad).state()).isEqualTo(State.RETRYING);
    station.clock.advance(Duration.ofMinutes(5));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
  }

  @Test
  void findsAMessageThatIsMovedMeanwhile() {
    Match content = Match.path("**/$value").message(bad);
    graph.faults().add(Fault.times(1, content, new Effect.MoveMessage("inbox/Done")));

    assertThat(station.cycle().sum().enqueued()).isEqualTo(3);
  }

  @Test
  void recordsAsGone_whatWasDeletedMeanwhile() {
    Match content = Match.path("**/$value").message(bad);
    graph.faults().add(Fault.times(1, content, new Effect.DeleteMessage()));

    assertThat(station.cycle().sum().enqueued()).isEqualTo(2);
    assertThat(station.mail(bad).attachments())
        .extracting(AttachmentRecord::reason)
        .containsExactly("gone");
  }

  @Test
  void readsTheFolderOn_whenOneEntryCanNeverBeRead() {
    Match message = Match.path("/users/*/messages/*").message(bad);
    graph.faults().add(Fault.always(message, error("ErrorInternalServerError")));
    tellIdsOnly();

    assertThat(station.cycle().sum().retrying()).isEqualTo(1);
    assertThat(station.mail(bad).problem()).contains("ErrorInternalServerError");
    String late = graph.deliver(BOX, "inbox", eml("late"));
    station.cycle();
    assertThat(station.mail(late).state()).isEqualTo(State.DONE);

    graph.faults().clear();
    station.clock.advance(Duration.ofMinutes(1));
    station.cycle();
    MailRecord read = station.mail(bad);
    assertThat(read.state()).isEqualTo(State.DONE);
    assertThat(read.mail().subject()).isEqualTo("bad");
    assertThat(station.history().mail("bad@partner.example")).contains(read);
    assertThat(station.takeAll())
        .extracting(task -> task.task().emailSubject())
        .containsExactlyInAnyOrder("one", "two", "late", "bad");
  }

  /** Graph may leave out of a change all that has not changed. */
  private void tellIdsOnly() {
    String restart = graph.baseUri() + "/users/" + BOX + "/mailFolders/inbox/messages/delta()";
    String page =
        "{\"value\":[{\"id\":\"%s\",\"isRead\":true}],\"@odata.deltaLink\":\"%s\"}"
            .formatted(bad, restart);
    Map<String, String> json = Map.of("Content-Type", "application/json");
    Match changes = Match.path("**/messages/delta()");
    graph.faults().add(Fault.times(1, changes, new Effect.Answer(200, json, page)));
  }
}
