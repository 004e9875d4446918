package io.emailmonitor.monitor.delivery;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.SampleAttachment;
import io.emailmonitor.monitor.ledger.TaskResult;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.TestKeys;
import io.emailmonitor.queue.Work;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.StreamEntryID;

class ResultReaderTest {
  private static final String BOX = "inbox@contoso.example";
  private static final String LAST_POSITION = "18446744073709551615-1";
  private static final Instant NOW = Instant.parse("2026-03-01T10:00:00Z");

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final Ledger ledger;

  ResultReaderTest(@TempDir Path folder) {
    ledger =
        Ledger.open(
            "jdbc:h2:file:" + folder.resolve("ledger"), new MetricRegistry(), Clock.systemUTC());
  }

  @BeforeEach
  void recordMail() {
    Mail mail = new Mail("m1", null, "Subject", "Ann", "ann@partner.example", NOW);
    AttachmentRecord attachment =
        SampleAttachment.of("a1", Outcome.ENQUEUED).asTask(taskId()).build();
    ledger
        .journal()
        .record(
            List.of(
                new MailRecord(
                    BOX,
                    "inbox",
                    mail,
                    MailRecord.State.DONE,
                    NOW,
                    1,
                    null,
                    null,
                    List.of(attachment))));
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  private static String taskId() {
    return TaskId.of(BOX, "m1", "a1");
  }

  private ResultReader reader(RedisTaskQueue queue) {
    return new ResultReader(redis.settings().name(), queue, ledger.taskResults());
  }

  private @Nullable TaskResult recorded() {
    return ledger.history().mail("m1").orElseThrow().attachments().get(0).result();
  }

  private static Work work() {
    return new Work(taskId(), "host:1", Duration.ofMillis(42));
  }

  @Test
  void carriesWhatAWorkerDid_toTheAttachmentsRecord() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(List.of(Tasks.task(taskId())));
    queue.retryAfter(queue.claim().orElseThrow().with(work()), Duration.ZERO, "no disk");
    assertThat(reader(queue).read()).isFalse();

    TaskResult retried = requireNonNull(recorded());
    assertThat(retried.outcome()).isEqualTo("retried");
    assertThat(retried.reason()).isEqualTo("no disk");

    queue.acknowledge(queue.claim().orElseThrow().with(work()));
    assertThat(reader(queue).read()).isFalse();

    TaskResult done = requireNonNull(recorded());
    assertThat(done)
        .isEqualTo(
            new TaskResult(taskId(), "done", 2, "host:1", Duration.ofMillis(42), null, done.at()));
    assertThat(done.at()).isBetween(Instant.now().minusSeconds(600), Instant.now().plusSeconds(60));
  }

  @Test
  void goesOnWhereItStopped_pageByPage() {
    RedisTaskQueue queue = redis.open(redis.settings().withLimits(2000, 0));
    queue.enqueue(Tasks.tasks("a", 500));
    queue.enqueue(List.of(Tasks.task(taskId())));
    for (int i = 0; i < 501; i++) {
      queue.acknowledge(queue.claim().orElseThrow().with(work()));
    }

    assertThat(reader(queue).read()).isTrue();
    assertThat(reader(queue).read()).isFalse();

    String position = ledger.taskResults().position(redis.settings().name()).orElseThrow();
    assertThat(queue.eventsAfter(position, 1).events()).isEmpty();
    assertThat(reader(queue).read()).isFalse();
  }

  @Test
  void passesOver_whatForeignProgramsWrite() {
    RedisTaskQueue queue = redis.open();
    String events = "{" + redis.settings().name() + "}:events";
    try (RedisClient foreign = TestKeys.client(redis.server())) {
      foreign.xadd(events, StreamEntryID.NEW_ENTRY, Map.of("nothing", "known"));
      foreign.xadd(
          events, StreamEntryID.NEW_ENTRY, Map.of("task", taskId(), "outcome", "x".repeat(99)));
      foreign.xadd(
          events,
          StreamEntryID.NEW_ENTRY,
          Map.of("task", "invoice " + UUID.randomUUID(), "outcome", "done"));
      foreign.xadd(
          events,
          StreamEntryID.NEW_ENTRY,
          Map.of("task", taskId(), "outcome", "done", "worker", "\0odd\n", "ms", "-1"));
    }

    assertThat(reader(queue).read()).isFalse();

    TaskResult result = requireNonNull(recorded());
    assertThat(result.worker()).isEqualTo(" odd ");
    assertThat(result.duration()).isNull();
    assertThat(result.attempt()).isZero();
  }

  @Test
  void boundsWhatForeignProgramsWrite_soThatNoPageFailsForEver() {
    RedisTaskQueue queue = redis.open();
    String events = "{" + redis.settings().name() + "}:events";
    try (RedisClient foreign = TestKeys.client(redis.server())) {
      foreign.xadd(
          events,
          StreamEntryID.NEW_ENTRY,
          Map.of(
              "task",
              taskId(),
              "outcome",
              "buried",
              "attempt",
              "999999999999999",
              "ms",
              "999999999999999",
              "worker",
              "w".repeat(3_000_000),
              "reason",
              "\uD83E\uDDFE".repeat(2_000_000)));
      foreign.eval(
          "redis.call('XADD', KEYS[1], ARGV[1], 'task', ARGV[2], 'outcome', 'done')",
          List.of(events),
          List.of(LAST_POSITION, taskId()));
    }

    assertThat(reader(queue).read()).isFalse();

    TaskResult result = requireNonNull(recorded());
    assertThat(result.outcome()).isEqualTo("buried");
    assertThat(result.attempt()).isZero();
    assertThat(result.duration()).isNull();
    assertThat(result.worker()).isEqualTo("w".repeat(500));
    assertThat(result.reason()).isEqualTo("\uD83E\uDDFE".repeat(250));
    assertThat(queue.eventsAfter(LAST_POSITION, 1).events()).isEmpty();
  }

  @Test
  void readsByItself_andTellsOfTrouble() throws InterruptedException {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(List.of(Tasks.task(taskId())));
    queue.acknowledge(queue.claim().orElseThrow().with(work()));
    ResultReader reader = reader(queue);
    assertThat(reader.problem()).isPresent();

    reader.start();

    Polling.until("it is recorded", () -> recorded() != null);
    assertThat(reader.problem()).isEmpty();
    reader.stop();
    assertThat(reader.problem()).isPresent();
  }
}
