package io.emailmonitor.monitor.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.SampleAttachment;
import io.emailmonitor.monitor.ledger.StoredFiles;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RetentionTest {
  private static final String BOX = "box@contoso.example";
  private static final String DAY = "2026-02-28/";

  private static final Duration MONTH = Duration.ofDays(30);

  /** When everything is stored; the clock of the retention stands 31 days later. */
  private final Instant then = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private final Instant yesterday = then.plus(Duration.ofDays(30));
  private final Clock clock = Clock.fixed(then.plus(Duration.ofDays(31)), ZoneOffset.UTC);

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final Path directory;
  private final MetricRegistry metrics = new MetricRegistry();
  private final Ledger ledger =
      Ledger.open("jdbc:h2:mem:" + UUID.randomUUID(), new MetricRegistry(), clock);
  private final LocalStorage storage;

  RetentionTest(@TempDir Path directory) {
    this.directory = directory;
    this.storage = new LocalStorage(directory);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private Retention retention(StoredFiles files, @Nullable RedisTaskQueue queue) {
    Retention.Ages ages = new Retention.Ages(MONTH, queue == null ? Duration.ZERO : MONTH);
    return Retention.of(ages, storage, files, Optional.ofNullable(queue), clock, metrics)
        .orElseThrow();
  }

  private Retention retention() {
    return retention(ledger.storedFiles(), null);
  }

  /** Until it has nothing to do. */
  private static void round(Retention retention) {
    while (retention.step().isZero()) {}
  }

  /** Stores an attachment, without recording it. */
  private Path stored(String id) {
    storage.deliver(List.of(task(id)));
    return directory.resolve(DAY + taskId(id)).resolve(id + ".pdf");
  }

  private static EncodedTask task(String id) {
    return Tasks.task(id, id + ".pdf", id.getBytes(UTF_8));
  }

  private static String taskId(String id) {
    return TaskId.of(BOX, "m1", id);
  }

  private static AttachmentRecord record(
      String id, Outcome outcome, @Nullable String place, Instant at, @Nullable Instant waits) {
    return SampleAttachment.of(id, outcome)
        .asTask(taskId(id))
        .storedAt(place)
        .recordedAt(at)
        .waitingFrom(waits)
        .build();
  }

  private static AttachmentRecord recordOf(String id, Instant at) {
    return record(id, Outcome.STORED, DAY + taskId(id) + "/" + id + ".pdf", at, null);
  }

  private void write(AttachmentRecord... attachments) {
    Mail mail = new Mail("m1", null, "Subject", "Ann", "ann@partner.example", then);
    ledger
        .journal()
        .record(
            List.of(
                new MailRecord(
                    BOX,
                    "inbox",
                    mail,
                    MailRecord.State.DONE,
                    then,
                    1,
                    null,
                    null,
                    List.of(attachments))));
  }

  private AttachmentRecord written(String id) {
    return ledger.history().mail("m1").orElseThrow().attachments().stream()
        .filter(attachment -> attachment.attachmentId().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void removesWhatIsOld_andSaysSoInItsRecord() {
    Path old = stored("a1");
    Path young = stored("a2");
    write(recordOf("a1", then), recordOf("a2", yesterday));

    round(retention());

    assertThat(old.getParent()).doesNotExist();
    assertThat(young).hasContent("a2");
    assertThat(written("a1").outcome()).isEqualTo(Outcome.STORED);
    assertThat(written("a1").storedAt()).isNull();
    assertThat(written("a1").removedAt()).isEqualTo(clock.instant());
    assertThat(written("a2")).isEqualTo(recordOf("a2", yesterday));
    assertThat(metrics.counter("retention.files").getCount()).isEqualTo(1);
    assertThat(metrics.counter("retention.bytes").getCount()).isEqualTo(2);
  }

  @Test
  void keepsWhatWaitsForTheQueue_howeverOldItIs() throws IOException {
    WaitingRoom room = new WaitingRoom(directory, 1000);
    room.put(List.of(task("a1")), "Redis is down");
    Path waiting = directory.resolve("waiting/" + taskId("a1") + ".json");
    Files.setLastModifiedTime(waiting, FileTime.from(Instant.EPOCH));
    write(record("a1", Outcome.STORED, "waiting/" + taskId("a1") + ".json", then, then));

    round(retention());

    assertThat(waiting).exists();
    assertThat(written("a1").removedAt()).isNull();
    assertThat(ledger.waitingTasks().count()).isEqualTo(1);
  }

  @Test
  void completesTheRecord_afterACrashBehindTheRemoval() {
    Path old = stored("a1");
    write(recordOf("a1", then));
    Retention crashing = retention(new CrashingFiles(ledger.storedFiles()), null);
    assertThatThrownBy(crashing::step).hasMessage("crash");
    assertThat(old).doesNotExist();
    assertThat(written("a1").storedAt()).isNotNull();

    round(retention());

    assertThat(written("a1").storedAt()).isNull();
    assertThat(written("a1").removedAt()).isNotNull();
  }

  @Test
  void removesWhatNoRecordTellsOf_andNothingOfOthers() throws IOException {
    Path forgotten = stored("a1");
    Path enqueuedSince = stored("a2");
    Path young = stored("a3");
    Files.setLastModifiedTime(young, FileTime.from(yesterday));
    write(record("a2", Outcome.ENQUEUED, null, then, null));
    Path ofOthers = Files.createDirectories(directory.resolve(DAY + "notes")).resolve("a.txt");
    Files.writeString(ofOthers, "mine");
    Path elsewhere = Files.createDirectories(directory.resolve("x/" + taskId("a1")));

    round(retention());

    assertThat(forgotten.getParent()).doesNotExist();
    assertThat(enqueuedSince.getParent()).doesNotExist();
    assertThat(young).exists();
    assertThat(ofOthers).exists();
    assertThat(elsewhere).exists();
    assertThat(metrics.counter("retention.files").getCount()).isEqualTo(2);
  }

  @Test
  void keepsWhatIsStoredOnceMore_beforeThatIsRecorded() throws IOException {
    Path file = stored("a1");
    Files.setLastModifiedTime(file, FileTime.from(then.minus(MONTH)));
    storage.deliver(List.of(task("a1")));

    OldFiles.Step step = new OldFiles(storage, ledger.storedFiles()).step(then.minusSeconds(60));

    assertThat(step).isEqualTo(new OldFiles.Step(0, 0, false));
    assertThat(file).exists();
  }

  @Test
  void removesTheOthers_andSaysWhatHelps_whenSomethingCannotBeDeleted() throws IOException {
    Path stuck = stored("a1");
    Files.createDirectories(stuck.resolveSibling("folder/of somebody"));
    Path other = stored("a2");
    write(recordOf("a1", then), recordOf("a2", then));

    assertThatThrownBy(() -> round(retention()))
        .hasMessageContaining("DirectoryNotEmpty")
        .hasMessageContaining("ATTACHMENTS_DIR");

    assertThat(other).doesNotExist();
    assertThat(written("a1").removedAt()).isNull();
    assertThat(written("a2").removedAt()).isNotNull();
  }

  @Test
  void removesDeadTasks_andTheAttachmentsRecordSaysSo() {
    RedisTaskQueue queue = redis.open();
    write(record("a1", Outcome.ENQUEUED, null, then, null));
    queue.enqueue(List.of(task("a1")));
    ClaimedTask claimed = queue.claim().orElseThrow();
    queue.bury(claimed, "not a PDF");
    Retention.Ages none = new Retention.Ages(Duration.ZERO, Duration.ofMillis(1));
    Retention retention =
        Retention.of(none, storage, ledger.storedFiles(), Optional.of(queue), clock, metrics)
            .orElseThrow();
    redis.outlast(Duration.ofMillis(2));

    round(retention);
    new ResultReader(redis.settings().name(), queue, ledger.taskResults()).read();

    assertThat(queue.stats().dead()).isZero();
    assertThat(metrics.counter("retention.dead").getCount()).isEqualTo(1);
    assertThat(written("a1").result())
        .satisfies(
            result -> {
              assertThat(result.outcome()).isEqualTo("expired");
              assertThat(result.reason()).isEqualTo("not a PDF");
              assertThat(result.attempt()).isEqualTo(1);
            });
  }

  @Test
  void removesFilesAllTheSame_whenRedisIsDown() {
    Path old = stored("a1");
    RedisSettings nobody = RedisSettings.ofParts("127.0.0.1", 1, 0, null, null, false);
    try (RedisTaskQueue queue = new RedisTaskQueue(nobody, redis.settings())) {
      Retention retention = retention(ledger.storedFiles(), queue);

      assertThat(retention.step()).isEqualTo(Duration.ofMinutes(1));

      assertThat(old).doesNotExist();
    }
  }

  /** Dies when it should write down what is gone. */
  private record CrashingFiles(StoredFiles files) implements StoredFiles {
    @Override
    public List<Stored> storedBefore(Instant time, String afterTaskId, int limit) {
      return files.storedBefore(time, afterTaskId, limit);
    }

    @Override
    public void removed(Collection<String> taskIds) {
      throw new IllegalStateException("crash");
    }

    @Override
    public Set<String> stored(Collection<String> taskIds) {
      return files.stored(taskIds);
    }
  }
}
