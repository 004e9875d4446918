package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Folders that appear, disappear and get other names while they are read. */
class FoldersTest {
  private static final String ANNA = "anna@contoso.example";

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private GraphSimulator graph;
  private Station station;

  @BeforeEach
  void open() throws IOException {
    graph = GraphSimulator.builder().build().start();
    station = Station.before(graph, 20, redis.open());
    station.fileTypes = List.of(".csv");
    deliver("inbox", "first");
  }

  @AfterEach
  void close() {
    station.close();
    graph.close();
  }

  @Test
  void readsAllBelow_alsoWhatAppearsLater_whenSubfoldersAreWanted() throws IOException {
    station.folders = List.of("Inbox/**");
    deliver("inbox/Invoices/2026", "deep");
    deliver("archive", "elsewhere");
    station.cycle();
    assertThat(taken()).containsExactlyInAnyOrder("first", "deep");

    deliver("inbox/New", "new");
    deliver("inbox/Invoices/2026/May", "deeper");
    station.cycle();
    assertThat(taken()).isEmpty();
    station.clock.advance(FolderList.REFRESH);
    station.cycle();
    assertThat(taken()).containsExactlyInAnyOrder("new", "deeper");
    assertThat(problem()).isNull();
  }

  @Test
  void readsOnlyThoseRightBelow_whenOnlyTheyAreWanted() throws IOException {
    station.folders = List.of("inbox/*", "inbox/Invoices");
    deliver("inbox/Invoices", "below");
    deliver("inbox/Invoices/2026", "deep");
    station.cycle();
    assertThat(taken()).containsExactly("below");
  }

  @Test
  void goesByTheName_whenAnotherFolderGetsIt() throws IOException {
    station.folders = List.of("inbox/Invoices");
    deliver("inbox/Invoices", "one");
    station.cycle();
    graph.renameFolder(ANNA, "inbox/Invoices", "Old");
    deliver("inbox/Old", "two");
    deliver("inbox/Invoices", "three");
    station.clock.advance(FolderList.REFRESH);
    station.cycle();
    assertThat(taken()).containsExactlyInAnyOrder("one", "three");

    graph.deleteFolder(ANNA, "inbox/Invoices");
    graph.renameFolder(ANNA, "inbox/Old", "Invoices");
    deliver("inbox/Invoices", "four");
    station.cycle();
    assertThat(problem()).contains("folder 'inbox/Invoices'");
    station.cycle();
    assertThat(problem()).isNull();
    assertThat(taken()).containsExactlyInAnyOrder("two", "four");
  }

  @Test
  void saysWhichFolderIsNotThere_readsTheOthers_andLooksAgain() throws IOException {
    station.folders = List.of("inbox/Later", "inbox");
    station.cycle();
    assertThat(taken()).containsExactly("first");
    assertThat(problem())
        .contains("folder 'inbox/Later'")
        .contains("The mailbox has no folder")
        .contains("looked for again every 10 minutes");

    deliver("inbox/Later", "late");
    station.turn(true);
    assertThat(taken()).containsExactly("late");
    assertThat(problem()).isNull();
  }

  @Test
  void readsOn_whenAFolderIsMovedAwayAndBack() throws IOException {
    station.folders = List.of("inbox/Invoices");
    deliver("inbox/Invoices", "one");
    station.cycle();
    graph.moveFolder(ANNA, "inbox/Invoices", "archive");
    deliver("archive/Invoices", "two");
    station.clock.advance(FolderList.REFRESH);
    station.cycle();
    assertThat(problem()).contains("folder 'inbox/Invoices'");
    assertThat(taken()).containsExactly("one");

    graph.moveFolder(ANNA, "archive/Invoices", "inbox");
    station.clock.advance(FolderList.REFRESH);
    station.cycle();
    assertThat(problem()).isNull();
    assertThat(taken()).containsExactly("two");
  }

  @Test
  void findsFolders_howeverTheMailboxCallsThem() throws IOException {
    graph.renameFolder(ANNA, "inbox", "Posteingang");
    graph.renameFolder(ANNA, "sentitems", "Gesendete Elemente");
    deliver("inbox/Bu\u0308ro", "umlaut");
    deliver("sentitems", "sent");
    station.folders = List.of("POSTEINGANG/B\u00fcro", "Inbox/B\u00fcro", "Sent Items");
    station.cycle();
    assertThat(taken()).containsExactlyInAnyOrder("umlaut", "sent");
    assertThat(problem()).isNull();
  }

  @Test
  void findsFoldersWithSlashesInTheirNames() throws IOException {
    deliver("inbox/Q1", "slash");
    graph.renameFolder(ANNA, "inbox/Q1", "Q1/Q2");
    station.folders = List.of("inbox/Q1/Q2", "inbox/**");
    station.cycle();
    assertThat(taken()).containsExactlyInAnyOrder("slash", "first");
    deliver("inbox/Q1/Q2", "below");
    graph.renameFolder(ANNA, "inbox/Q1", "Other");
    station.turn(true);
    assertThat(taken()).containsExactly("below");
  }

  @Test
  void reconcilesTheFoldersThatThereAreNow() throws IOException {
    station.folders = List.of("inbox/**");
    deliver("inbox/Gone", "gone");
    station.cycle();
    graph.deleteFolder(ANNA, "inbox/Gone");
    deliver("inbox/New", "new");
    station.clock.advance(Duration.ofSeconds(1));
    station.sweeps().demand(null);
    station.turn(true);
    station.turn(true);
    assertThat(station.counted("reconciled.mailboxes")).isEqualTo(1);
    assertThat(station.counted("reconciled.messages")).isEqualTo(2);
    assertThat(station.counted("reconciled.missing")).isZero();
  }

  private @Nullable String problem() {
    return station.history().mailboxes().get(0).problem();
  }

  /** The subjects of what is on the queue. */
  private List<String> taken() {
    return station.takeAll().stream().map(DecodedTask::task).map(t -> t.emailSubject()).toList();
  }

  private void deliver(String folder, String subject) {
    graph.deliver(ANNA, folder, PoisonTest.eml(subject));
  }
}
