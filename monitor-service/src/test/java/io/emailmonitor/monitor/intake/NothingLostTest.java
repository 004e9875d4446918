package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.delivery.QueueDelivery;
import io.emailmonitor.monitor.delivery.Receipt;
import io.emailmonitor.monitor.ledger.FolderRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever stops the intake, every attachment is on the queue exactly once in the end. */
class NothingLostTest extends WithStation {
  private static final int MESSAGES = 10;

  @BeforeEach
  void deliver() {
    for (int i = 0; i < MESSAGES; i++) {
      mail.deliver(box, "m" + i, pdf("a" + i), pdf("b" + i));
    }
  }

  private static List<String> all() {
    return IntStream.range(0, MESSAGES)
        .boxed()
        .flatMap(i -> List.of("a" + i, "b" + i).stream())
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "HAND_ON, true, 0", "HAND_ON, false, 0", "HAND_ON, false, 1",
    "RECORD, true, 0", "RECORD, false, 0", "RECORD, true, 1",
    "SAVE_CURSOR, true, 0", "SAVE_CURSOR, false, 0", "SAVE_CURSOR, true, 2",
  })
  void comesOutOnce_whenKilledAnywhere(Crash.Step step, boolean before, int passes) {
    Crash crash = new Crash(step, before, passes);
    station.aroundDelivery = crash::around;
    station.aroundJournal = crash::around;
    assertThatThrownBy(station::cycle).isInstanceOf(Throwable.class);
    assertThat(crash.happened()).isTrue();
    List<String> taken = new ArrayList<>(station.takeAttachmentIds());

    station.restart();
    station.cycle();
    taken.addAll(station.takeAttachmentIds());
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all());
    assertAllRecorded();
  }

  @Test
  void recordsAMessageOverWhichTheProcessDies_andLosesNoOther() {
    List<String> taken = new ArrayList<>();
    int deaths = 0;
    while (station.history().mail("m4").isEmpty()) {
      Crash crash = new Crash(Crash.Step.HAND_ON, true, 0);
      station.aroundJournal = crash::around;
      station.aroundDelivery = delivery -> tasks -> deliver(delivery, crash, tasks);
      try {
        station.cycle();
      } catch (Throwable e) {
        assertThat(crash.happened()).isTrue();
        deaths++;
      }
      station.restart();
      taken.addAll(station.takeAttachmentIds());
    }

    assertThat(deaths).isEqualTo(Workbench.MOST_DEATHS);
    assertThat(station.mail("m4").state()).isEqualTo(MailRecord.State.FAILED);
    assertThat(station.mail("m4").problem()).contains("5 times");
    List<String> others = new ArrayList<>(all());
    others.removeAll(List.of("a4", "b4"));
    assertThat(taken).containsExactlyInAnyOrderElementsOf(others);
    assertThat(station.journal().unended(box, List.of("m3", "m4", "m5"))).isEmpty();
  }

  private static List<Receipt> deliver(Delivery delivery, Crash crash, List<EncodedTask> tasks) {
    boolean deadly = tasks.stream().anyMatch(task -> task.task().emailId().equals("m4"));
    return (deadly ? crash.around(delivery) : delivery).deliver(tasks);
  }

  @Test
  void comesOutOnce_whenTheCursorExpires() {
    station.cycle();
    mail.expireCursors();
    mail.deliver(box, "late", pdf("late"));
    assertThat(station.cycle().sum().messages()).isEqualTo(1);
    assertThat(station.takeAttachmentIds()).hasSize(2 * MESSAGES + 1).doesNotHaveDuplicates();
  }

  @Test
  void comesOutOnce_whenCursorsAreLost_andTheQueueHasForgotten() {
    station.cycle();
    assertThat(station.takeAttachmentIds()).hasSize(2 * MESSAGES);
    station.journal().dropFolder(box, "inbox");
    station.restart();
    station.delivery =
        tasks -> {
          throw new AssertionError("handed on again");
        };

    assertThat(station.cycle().sum().messages()).isZero();
    assertAllRecorded();
  }

  @Test
  void comesOutOnce_whenTheLedgerIsLost() {
    station.cycle();
    try (Station other = new Station(mail, redis.open())) {
      assertThat(other.cycle().sum().enqueued()).isEqualTo(2 * MESSAGES);
      assertThat(other.takeAttachmentIds()).containsExactlyInAnyOrderElementsOf(all());
    }
  }

  @Test
  void keepsCursor_whenQueueIsFull_andGoesOnByItself() {
    RedisTaskQueue small = redis.open(redis.settings().withLimits(7, 0));
    station.delivery = new QueueDelivery(small);
    CycleReport report = station.cycle();
    assertThat(report.mailboxes().get(0).paused()).contains("queue is full");
    assertThat(report.problems()).singleElement().asString().contains("queue is full");
    assertThat(station.history().mailboxes().get(0).problem()).contains("queue is full");

    List<String> taken = new ArrayList<>(station.takeAttachmentIds());
    assertThat(taken).hasSize(7);
    while (taken.size() < 2 * MESSAGES) {
      assertThat(station.cycle().sum().enqueued()).isPositive();
      taken.addAll(station.takeAttachmentIds());
    }
    assertThat(station.cycle().problems()).isEmpty();
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all());
    assertAllRecorded();
  }

  @ParameterizedTest
  @CsvSource({"1500000, 0", "0, 4mb"})
  void keepsCursor_whenThereIsNoRoomForBytes_andGoesOnByItself(
      long maxQueueBytes, String maxMemory) {
    FakeMailSource large = new FakeMailSource();
    Mailbox largeBox = large.mailbox("large@contoso.example");
    for (int i = 0; i < MESSAGES; i++) {
      large.deliver(largeBox, "m" + i, largePdf(large, "a" + i), largePdf(large, "b" + i));
    }
    QueueSettings limits = QueueSettings.named("q").withLimits(1000, maxQueueBytes);
    try (TestRedis server = TestRedis.start("--maxmemory " + maxMemory);
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), limits);
        Station own = new Station(large, queue)) {
      CycleLoop.Turn turn = own.turn(false);
      assertThat(turn.report().mailboxes().get(0).paused()).contains("queue is full");
      assertThat(turn.pause()).isLessThan(Duration.ofSeconds(10));

      List<String> taken = new ArrayList<>(own.takeAttachmentIds());
      assertThat(taken).hasSizeBetween(1, 2 * MESSAGES - 1);
      while (taken.size() < 2 * MESSAGES) {
        assertThat(own.cycle().sum().enqueued()).isPositive();
        taken.addAll(own.takeAttachmentIds());
      }
      assertThat(own.cycle().problems()).isEmpty();
      assertThat(taken).containsExactlyInAnyOrderElementsOf(all());
      assertThat(own.history().totals().outcomes())
          .isEqualTo(Map.of(Outcome.ENQUEUED, 2L * MESSAGES));
    }
  }

  private static Attachment largePdf(FakeMailSource source, String id) {
    byte[] content = new byte[200_000];
    System.arraycopy("%PDF".getBytes(UTF_8), 0, content, 0, 4);
    return source.file(id, id + ".pdf", content);
  }

  @Test
  void recordsWhatRedisCanNeverTake_andGoesOnWithTheRest() {
    try (TestRedis server = TestRedis.start("--proto-max-bulk-len 1mb");
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QueueSettings.named("q"));
        Station own = new Station(mail, queue)) {
      byte[] content = new byte[Station.MAX_SIZE];
      mail.deliver(box, "large", pdf("before"), mail.file("x", "x.pdf", content), pdf("after"));
      own.cycle();

      assertThat(own.takeAttachmentIds()).hasSize(2 * MESSAGES + 2).doesNotContain("x");
      assertThat(own.mail("large").state()).isEqualTo(MailRecord.State.DONE);
      assertThat(own.mail("large").attachments())
          .filteredOn(a -> a.outcome() == Outcome.FAILED)
          .singleElement()
          .satisfies(
              a -> {
                assertThat(a.attachmentId()).isEqualTo("x");
                assertThat(a.reason()).isEqualTo("too-large-for-queue");
                assertThat(a.detail()).contains("proto-max-bulk-len", "MAX_ATTACHMENT_SIZE");
              });
      assertThat(own.cycle().problems()).isEmpty();
    }
  }

  @Test
  void handsOnOnce_whenHalfAMessageFitted_andTheQueueHasForgotten() {
    List<String> handedOn = new ArrayList<>();
    AtomicBoolean full = new AtomicBoolean(true);
    Receipt held = new Receipt.Held(Receipt.Cause.QUEUE_FULL, "the queue is full");
    Receipt delivered = new Receipt.Delivered(Outcome.ENQUEUED, null);
    station.delivery =
        tasks ->
            tasks.stream()
                .map(task -> task.task().attachmentId())
                .map(id -> full.get() && !id.equals("a0") ? held : deliver(id, handedOn, delivered))
                .toList();
    mail.pageSize(1);
    station.cycle();
    assertThat(handedOn).containsExactly("a0");
    assertThat(station.mail("m0").state()).isEqualTo(MailRecord.State.RETRYING);
    assertThat(station.mail("m0").attempts()).isZero();

    full.set(false);
    station.cycle();
    assertThat(handedOn).containsExactlyInAnyOrderElementsOf(all());
    assertThat(mail.requests("open a0")).isEqualTo(1);
    assertAllRecorded();
  }

  private static Receipt deliver(String id, List<String> handedOn, Receipt delivered) {
    handedOn.add(id);
    return delivered;
  }

  @Test
  void keepsCursor_whenQueueIsDown_andGoesOnByItself() {
    try (TestRedis server = TestRedis.start();
        RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QueueSettings.named("q"));
        Station own = new Station(mail, queue)) {
      server.kill();
      CycleLoop.Turn turn = own.turn(false);
      assertThat(turn.report().mailboxes().get(0).paused()).contains("queue is down");
      assertThat(turn.pause()).isLessThan(Duration.ofSeconds(10));
      assertThat(own.journal().folder(box, "inbox").map(FolderRecord::cursor)).isEmpty();
      assertThat(own.history().totals().messages()).isZero();
      assertThat(own.turn(false).pause()).isGreaterThan(turn.pause());

      server.restart();
      assertThat(own.cycle().sum().enqueued()).isEqualTo(2 * MESSAGES);
      assertThat(own.takeAttachmentIds()).containsExactlyInAnyOrderElementsOf(all());
    }
  }

  @Test
  void stopsForAllMailboxes_whenTheQueueIsFull() {
    for (int i = 0; i < 20; i++) {
      Mailbox other = mail.mailbox("other" + i + "@contoso.example");
      mail.deliver(other, "other" + i, pdf("o" + i));
    }
    Receipt held = new Receipt.Held(Receipt.Cause.QUEUE_FULL, "the queue is full");
    station.delivery = tasks -> tasks.stream().map(task -> held).toList();

    CycleReport report = station.cycle();
    assertThat(report.mailboxes()).hasSize(21).allMatch(m -> m.paused() != null);
    assertThat(mail.requests("changes other19@contoso.example")).isZero();
  }

  private void assertAllRecorded() {
    assertThat(station.history().totals().messages()).isEqualTo(MESSAGES);
    assertThat(station.history().totals().retrying()).isZero();
    assertThat(station.history().totals().outcomes())
        .isEqualTo(Map.of(Outcome.ENQUEUED, 2L * MESSAGES));
  }
}
