package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.monitor.delivery.Fallback;
import io.emailmonitor.monitor.delivery.FallbackSteps;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.FolderRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.queue.FaultyProxy;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TestRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** While Redis is down mail goes on to disk, and from there to the queue, once, when it is back. */
class FallbackTest extends WithStation {
  private static final int MESSAGES = 10;
  private static final long PLENTY = 1L << 30;

  private Path directory;
  private FaultyProxy network;
  private RedisTaskQueue queue;
  private Fallback fallback;

  @BeforeEach
  void open(@TempDir Path folder) throws IOException {
    directory = folder;
    network = FaultyProxy.before(redis.server().port());
    queue = through(network, redis.server(), redis.settings());
    fallback = station.fallBackTo(directory, PLENTY, queue, Crash.never());
    for (int i = 0; i < MESSAGES; i++) {
      mail.deliver(box, "m" + i, pdf("a" + i), pdf("b" + i));
    }
  }

  private static RedisTaskQueue through(
      FaultyProxy proxy, RedisSettings server, QueueSettings settings) {
    return new RedisTaskQueue(
        RedisSettings.ofParts(
            "127.0.0.1",
            proxy.port(),
            server.database(),
            server.username(),
            server.password(),
            false),
        settings);
  }

  @AfterEach
  void close() {
    queue.close();
    network.close();
  }

  private static List<String> all() {
    return IntStream.range(0, MESSAGES).boxed().flatMap(i -> Stream.of("a" + i, "b" + i)).toList();
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(Files::isRegularFile).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** As after the process has ended in whatever way. */
  private void restart(Crash crash) {
    station.restart();
    fallback = station.fallBackTo(directory, PLENTY, queue, crash);
    station.aroundDelivery = crash::around;
    station.aroundJournal = crash::around;
  }

  private void assertAllEnqueued(List<String> taken) {
    assertThat(taken).containsExactlyInAnyOrderElementsOf(all());
    assertThat(station.history().totals().outcomes())
        .isEqualTo(Map.of(Outcome.ENQUEUED, 2L * MESSAGES));
    assertThat(station.history().totals().retrying()).isZero();
    assertThat(files()).isEmpty();
    assertThat(fallback.backlog().tasks()).isZero();
    assertThat(fallback.backlog().bytes()).isZero();
  }

  @Test
  void storesWhatTheQueueCannotTake_andEnqueuesItUnderTheSameId_whenItIsBack() throws IOException {
    network.refuse();
    CycleReport report = station.cycle();
    assertThat(report.problems()).isEmpty();
    assertThat(report.sum().stored()).isEqualTo(2 * MESSAGES);
    assertThat(station.journal().folder(box, "inbox").map(FolderRecord::cursor)).isPresent();
    MailRecord stored = station.mail("m0");
    assertThat(stored.state()).isEqualTo(MailRecord.State.DONE);
    assertThat(stored.attachments()).allMatch(AttachmentRecord::isWaiting);
    AttachmentRecord first = stored.attachments().get(0);
    assertThat(directory.resolve(String.valueOf(first.storedAt()))).exists();
    assertThatThrownBy(() -> FallbackSteps.step(fallback))
        .isInstanceOf(QueueUnavailableException.class);
    assertThat(fallback.backlog().tasks()).isEqualTo(2 * MESSAGES);
    assertThat(fallback.backlog().since()).isEqualTo(station.clock.instant());

    Instant then = station.clock.instant();
    station.clock.advance(Duration.ofHours(1));
    network.recover();
    FallbackSteps.stepAll(fallback);
    assertThat(station.takeAll())
        .hasSize(2 * MESSAGES)
        .filteredOn(task -> task.task().attachmentId().equals(first.attachmentId()))
        .singleElement()
        .satisfies(task -> assertThat(task.task().taskId()).isEqualTo(first.taskId()))
        .satisfies(
            task ->
                assertThat(new String(task.content(), UTF_8))
                    .isEqualTo("%PDF " + first.attachmentId()));
    AttachmentRecord enqueued = station.mail("m0").attachments().get(0);
    assertThat(enqueued.outcome()).isEqualTo(Outcome.ENQUEUED);
    assertThat(enqueued.waitedFrom()).isEqualTo(then);
    assertThat(enqueued.recordedAt()).isEqualTo(station.clock.instant());
    assertThat(enqueued.storedAt()).isNull();
    assertAllEnqueued(all());
    assertThat(station.cycle().sum().messages()).isZero();
  }

  @Test
  void countsWhatWaitsAsStored() {
    network.refuse();
    station.cycle();
    assertThat(station.counted("fetched")).isEqualTo(2 * MESSAGES);
    assertThat(station.counted("stored")).isEqualTo(2 * MESSAGES);
    assertThat(station.counted("enqueued")).isZero();
    assertThat(station.history().totals().attachments()).isEqualTo(2 * MESSAGES);
    assertThat(station.history().totals().outcomes())
        .isEqualTo(Map.of(Outcome.STORED, 2L * MESSAGES));
    assertThat(station.metrics.histogram("intake.latency").getCount()).isZero();
  }

  @Test
  void enqueuesWhatWaits_afterARestart_theOldestFirst() {
    network.refuse();
    station.cycle();
    station.clock.advance(Duration.ofMinutes(1));
    mail.deliver(box, "late", pdf("late"));
    station.cycle();

    restart(Crash.never());
    assertThat(fallback.backlog().tasks()).isEqualTo(2 * MESSAGES + 1);
    assertThat(fallback.backlog().bytes()).isPositive();
    network.recover();
    FallbackSteps.stepAll(fallback);
    List<String> taken = station.takeAttachmentIds();
    assertThat(taken).hasSize(2 * MESSAGES + 1).endsWith("late");
    assertThat(files()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "HAND_ON, true, true", "HAND_ON, false, true", "HAND_ON, true, false", "HAND_ON, false, false",
    "RECORD, true, true", "RECORD, false, true", "RECORD, true, false", "RECORD, false, false",
    "SAVE_CURSOR, true, true", "SAVE_CURSOR, true, false",
  })
  void enqueuesOnce_whenKilledWhileItStores(Crash.Step step, boolean before, boolean isBackNext) {
    network.refuse();
    restart(new Crash(step, before, 0));
    assertThatThrownBy(station::cycle).isInstanceOf(Crash.Killed.class);

    restart(Crash.never());
    if (isBackNext) {
      network.recover();
    }
    station.cycle();
    network.recover();
    FallbackSteps.stepAll(fallback);
    assertAllEnqueued(station.takeAttachmentIds());
  }

  @ParameterizedTest
  @CsvSource({
    "ENQUEUE, true",
    "ENQUEUE, false",
    "RECORD_ENQUEUED, true",
    "RECORD_ENQUEUED, false",
  })
  void enqueuesOnce_whenKilledWhileItForwards(Crash.Step step, boolean before) {
    network.refuse();
    station.cycle();
    network.recover();
    Crash crash = new Crash(step, before, 0);
    restart(crash);
    assertThatThrownBy(() -> FallbackSteps.step(fallback)).isInstanceOf(Crash.Killed.class);
    List<String> taken = new ArrayList<>(station.takeAttachmentIds());

    restart(Crash.never());
    FallbackSteps.stepAll(fallback);
    taken.addAll(station.takeAttachmentIds());
    assertAllEnqueued(taken);
  }

  @Test
  void goesStraightToTheQueueAgain_onceItIsBack() {
    network.refuse();
    station.cycle();
    network.recover();
    FallbackSteps.stepAll(fallback);
    mail.deliver(box, "new", pdf("new"));
    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
    assertThat(files()).isEmpty();
  }

  @Test
  void pausesAndDropsNothing_whenNoMoreMayWait_andGoesOnByItself() {
    station.fallBackTo(directory, 3000, queue, Crash.never());
    network.refuse();
    CycleReport report = station.cycle();
    assertThat(report.mailboxes().get(0).paused())
        .contains("queue is down", "MAX_WAITING_BYTES", "3000");
    assertThat(report.sum().stored()).isBetween(1, 2 * MESSAGES - 1);
    assertThat(files()).hasSize(report.sum().stored());

    network.recover();
    fallback = station.fallBackTo(directory, 3000, queue, Crash.never());
    station.restart();
    assertThat(station.cycle().problems()).isEmpty();
    FallbackSteps.stepAll(fallback);
    assertAllEnqueued(station.takeAttachmentIds());
  }

  @Test
  void pausesAsWithoutStorage_whenNothingMayWait() {
    station.fallBackTo(directory, 0, queue, Crash.never());
    network.refuse();
    assertThat(station.cycle().mailboxes().get(0).paused()).contains("MAX_WAITING_BYTES");
    assertThat(station.history().totals().messages()).isZero();
    assertThat(files()).isEmpty();
  }

  @Test
  void pausesAndSaysWhy_whenTheDiskCannotBeWritten_andGoesOnByItself() throws IOException {
    Path obstacle = Files.writeString(directory.resolve("waiting"), "no directory");
    network.refuse();
    assertThat(station.cycle().mailboxes().get(0).paused()).contains("cannot be written");
    assertThat(fallback.backlog().problem()).contains("cannot be written");
    assertThat(fallback.backlog().bytes()).isZero();

    Files.delete(obstacle);
    assertThat(station.cycle().sum().stored()).isEqualTo(2 * MESSAGES);
    assertThat(fallback.backlog().problem()).isNull();
    network.recover();
    FallbackSteps.stepAll(fallback);
    assertAllEnqueued(station.takeAttachmentIds());
  }

  @Test
  void pausesAndStoresNothing_whenTheQueueIsFull() {
    try (RedisTaskQueue small =
        through(network, redis.server(), redis.settings().withLimits(7, 0))) {
      fallback = station.fallBackTo(directory, PLENTY, small, Crash.never());
      assertThat(station.cycle().mailboxes().get(0).paused()).contains("queue is full");
      assertThat(files()).isEmpty();
      assertThat(station.history().totals().outcomes()).doesNotContainKey(Outcome.STORED);
    }
  }

  @Test
  void sharesAFullQueue_betweenWhatWaitedAndWhatIsNew() {
    network.refuse();
    station.cycle();
    network.recover();
    mail.pageSize(100);
    for (int i = 0; i < MESSAGES; i++) {
      mail.deliver(box, "new" + i, pdf("c" + i), pdf("d" + i));
    }
    try (RedisTaskQueue small =
        through(network, redis.server(), redis.settings().withLimits(4, 0))) {
      fallback = station.fallBackTo(directory, PLENTY, small, Crash.never());
      station.restart();
      List<String> taken = new ArrayList<>();
      while (taken.size() < 4 * MESSAGES) {
        // Both ask again and again; whoever asks first would have all the room.
        FallbackSteps.step(fallback);
        taken.addAll(station.takeAttachmentIds());
        FallbackSteps.step(fallback);
        station.cycle();
        taken.addAll(station.takeAttachmentIds());
      }
      List<String> half = taken.subList(0, 2 * MESSAGES);
      assertThat(half).filteredOn(id -> all().contains(id)).hasSizeBetween(4, 2 * MESSAGES - 4);
      assertThat(taken).doesNotHaveDuplicates();
      assertThat(taken).filteredOn(id -> all().contains(id)).hasSize(2 * MESSAGES);
      assertThat(files()).isEmpty();
    }
  }

  @Test
  void fetchesAgain_whatWaitedAndIsNotThereAnyMore() throws IOException {
    network.refuse();
    station.cycle();
    for (Path file : files().subList(0, 3)) {
      Files.delete(file);
    }
    Files.writeString(files().get(0), "damaged");
    restart(Crash.never());
    network.recover();
    FallbackSteps.stepAll(fallback);
    assertThat(station.takeAttachmentIds()).hasSize(2 * MESSAGES - 4);

    assertThat(station.cycle().sum().enqueued()).isEqualTo(4);
    assertThat(station.takeAttachmentIds()).hasSize(4);
    FallbackSteps.stepAll(fallback);
    assertAllEnqueued(all());
  }

  @Test
  void recordsWhatRedisCanNeverTake_andForwardsTheRest() throws IOException {
    try (TestRedis server = TestRedis.start("--proto-max-bulk-len 1mb");
        FaultyProxy proxy = FaultyProxy.before(server.port());
        RedisTaskQueue strict = through(proxy, server.settings(), QueueSettings.named("q"))) {
      mail.deliver(box, "large", mail.file("x", "x.pdf", new byte[Station.MAX_SIZE]));
      fallback = station.fallBackTo(directory, PLENTY, strict, Crash.never());
      proxy.refuse();
      station.cycle();
      proxy.recover();
      FallbackSteps.stepAll(fallback);

      assertThat(strict.stats().waiting()).isEqualTo(2 * MESSAGES);
      assertThat(station.mail("large").attachments())
          .singleElement()
          .satisfies(
              a -> {
                assertThat(a.outcome()).isEqualTo(Outcome.FAILED);
                assertThat(a.reason()).isEqualTo("too-large-for-queue");
                assertThat(a.taskId()).isNull();
              });
      assertThat(files()).isEmpty();
    }
  }
}
