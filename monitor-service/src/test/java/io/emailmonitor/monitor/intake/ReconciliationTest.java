package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
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

/** What the changes do not bring is found by comparing mailbox and ledger. */
class ReconciliationTest {
  private static final String BOX = "box@contoso.example";

  private final MutableClock clock = new MutableClock();
  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private GraphSimulator graph;
  private Station station;
  private String first;

  @BeforeEach
  void open() throws IOException {
    graph = GraphSimulator.builder().clock(clock).build().start();
    first = graph.deliver(BOX, "inbox", PoisonTest.eml("first"));
    station = Station.before(graph, 20, redis.open(), clock);
    station.fileTypes = List.of(".csv");
    station.cycle();
  }

  @AfterEach
  void close() {
    station.close();
    graph.close();
  }

  private MailboxRecord standing() {
    return station.history().mailboxes().get(0);
  }

  /** Delivers mail of which the changes say nothing. */
  private String deliverUnnoticed(String name) {
    String id = graph.deliver(BOX, "inbox", PoisonTest.eml(name));
    String restart = graph.baseUri() + "/users/" + BOX + "/mailFolders/inbox/messages/delta()";
    Map<String, String> json = Map.of("Content-Type", "application/json");
    String page = "{\"value\":[],\"@odata.deltaLink\":\"%s\"}".formatted(restart);
    Match changes = Match.path("**/messages/delta*");
    graph.faults().add(Fault.always(changes, new Effect.Answer(200, json, page)));
    station.cycle();
    return id;
  }

  @Test
  void bringsWhatTheChangesHaveNotBrought_once_andSaysSo() {
    String lost = deliverUnnoticed("lost");
    assertThat(station.history().mail(lost)).isEmpty();
    clock.advance(Duration.ofDays(1));

    CycleReport report = station.cycle();
    assertThat(report.sum().missing()).isEqualTo(1);
    assertThat(report.sum().enqueued()).isEqualTo(1);
    assertThat(station.mail(lost).note()).contains("found by reconciliation");
    assertThat(standing().missing()).isEqualTo(1);
    assertThat(standing().reconciledAt()).isEqualTo(clock.instant());
    assertThat(station.counted("reconciled.missing")).isEqualTo(1);
    assertThat(station.counted("reconciled.messages")).isEqualTo(2);

    clock.advance(Duration.ofDays(1));
    graph.faults().clear();
    assertThat(station.cycle().sum().missing()).isZero();
    assertThat(standing().missing()).isZero();
    assertThat(station.takeAll())
        .extracting(task -> task.task().emailSubject())
        .containsExactlyInAnyOrder("first", "lost");
  }

  @Test
  void comparesTheFoldersThatThereAre() {
    station.folders = List.of("Absent", "inbox");
    station.restart();
    String lost = deliverUnnoticed("lost");
    clock.advance(Duration.ofDays(1));

    assertThat(station.cycle().sum().missing()).isEqualTo(1);
    assertThat(station.mail(lost).state()).isEqualTo(MailRecord.State.DONE);
    assertThat(standing().problem()).contains("Absent");
  }

  @Test
  void bringsAttachmentsThatCameLater_andLeavesOthersAlone() {
    String other = graph.deliver(BOX, "inbox", PoisonTest.eml("other"));
    station.cycle();
    MailRecord untouched = station.mail(other);
    graph.attach(BOX, first, "late.csv", "text/csv", "late".getBytes(UTF_8));
    assertThat(station.cycle().sum().messages()).isZero();
    clock.advance(Duration.ofDays(1));

    CycleReport report = station.cycle();
    assertThat(report.sum().late()).isEqualTo(1);
    assertThat(report.sum().missing()).isZero();
    assertThat(station.mail(first).attachments())
        .extracting(AttachmentRecord::name)
        .containsExactly("first.csv", "late.csv");
    assertThat(station.mail(first).note()).contains("later attachments");
    assertThat(station.mail(other)).isEqualTo(untouched);
    assertThat(station.takeAll()).hasSize(3);
  }

  @Test
  void looksADayLater_notBefore_andWithinItsWindow() {
    String lost = deliverUnnoticed("lost");
    clock.advance(Duration.ofDays(1).minusMillis(1));
    assertThat(station.cycle().sum().missing()).isZero();
    clock.advance(Duration.ofDays(7));
    assertThat(station.cycle().sum().missing()).isZero();
    assertThat(station.history().mail(lost)).isEmpty();

    clock.advance(Duration.ofSeconds(1));
    station.sweeps().demand(clock.instant().minus(Duration.ofDays(30)));
    assertThat(station.cycle().sum().missing()).isEqualTo(1);
    assertThat(station.cycle().sum().missing()).isZero();
  }

  @Test
  void leavesWhatHasJustArrived_toTheChanges() {
    clock.advance(Duration.ofDays(1));
    deliverUnnoticed("new");
    assertThat(standing().reconciledAt()).isEqualTo(clock.instant());
    assertThat(station.history().totals().messages()).isEqualTo(1);
  }

  @Test
  void readsNewMailAllTheSame_whenItCannotCompare_andTriesAgain() {
    Match list = Match.path("/users/*/mailFolders/*/messages");
    graph.faults().add(Fault.times(1, list, Effect.GraphError.of("ErrorInternalServerError")));
    graph.deliver(BOX, "inbox", PoisonTest.eml("new"));
    clock.advance(Duration.ofDays(1));

    CycleReport report = station.cycle();
    assertThat(report.sum().enqueued()).isEqualTo(1);
    assertThat(report.mailboxes().get(0).paused()).isNull();
    assertThat(standing().problem()).contains("reconciliation", "Listing a folder's messages");
    assertThat(standing().reconciledAt()).isBefore(clock.instant());

    station.cycle();
    assertThat(standing().problem()).isNull();
    assertThat(standing().reconciledAt()).isEqualTo(clock.instant());
  }
}
