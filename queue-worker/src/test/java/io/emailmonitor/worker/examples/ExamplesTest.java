package io.emailmonitor.worker.examples;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.TestKeys;
import io.emailmonitor.testkit.TestTask;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.TaskHandler;
import io.emailmonitor.worker.runtime.Worker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.RedisClient;

/** The examples of the folder of that name, as they are. */
class ExamplesTest {
  private static final String TEXT = "Grüße, \"Ada\" \\ 🧾\n".repeat(5000);

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final Path folder;

  ExamplesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private Process start(List<String> command) {
    return Language.start(command, redis.server(), redis.settings().name());
  }

  private String run(List<String> command) throws IOException, InterruptedException {
    Process process = start(command);
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(output).isZero();
    return output.strip();
  }

  private Worker start(TaskHandler handler) {
    Worker worker =
        new Worker(
            redis.open(),
            handler,
            new Worker.Settings(
                1,
                Duration.ofMinutes(5),
                redis.settings().lease(),
                redis.settings().maxDeliveries(),
                RetryPolicy.DEFAULT,
                Duration.ofSeconds(10)),
            new MetricRegistry());
    worker.start();
    return worker;
  }

  @ParameterizedTest
  @EnumSource
  void producer_isServedByOurWorker(Language language) throws Exception {
    Path file = Files.writeString(folder.resolve("Bericht \"März\" 100%.txt"), TEXT);
    List<String> command = language.command("produce", file.toString());
    Map<AttachmentTask, String> handled = new ConcurrentHashMap<>();

    Worker worker =
        start(
            attempt -> {
              handled.put(attempt.task(), new String(attempt.content(), UTF_8));
              return Outcome.done();
            });
    String id = run(command);
    Polling.until("it is handled", () -> !handled.isEmpty());
    worker.stop();

    assertThat(handled).containsValue(TEXT);
    AttachmentTask task = handled.keySet().iterator().next();
    assertThat(task.taskId()).isEqualTo(id);
    assertThat(task.attachmentFilename()).isEqualTo("Bericht \"März\" 100%.txt");
    assertThat(task.attachmentSize()).isEqualTo(TEXT.getBytes(UTF_8).length);
  }

  @Test
  void atLeastOnceConsumer_sharesTheWorkWithOurs() throws Exception {
    List<String> command = Language.PYTHON.command("at_least_once", folder.toString());
    RedisTaskQueue queue = redis.open(redis.settings().withDelivery(Duration.ofMillis(1), 5));
    queue.enqueue(Tasks.tasks("a", 40));
    queue.claim(); // by a worker that dies
    try (RedisClient foreign = TestKeys.client(redis.server())) {
      foreign.lpush(redis.settings().name(), "no task");
    }
    Set<String> ours = ConcurrentHashMap.newKeySet();
    CountDownLatch bothHaveSome = new CountDownLatch(1);
    Worker worker =
        start(
            attempt -> {
              ours.add(attempt.task().taskId());
              assertThat(bothHaveSome.await(1, TimeUnit.MINUTES)).isTrue();
              return Outcome.done();
            });
    Polling.until("we have one", () -> !ours.isEmpty());

    Process python = start(command);
    try {
      Polling.until("they have one", () -> !saved().isEmpty() || !python.isAlive());
      bothHaveSome.countDown();
      Polling.until(
          "nothing is left", () -> queue.stats().waiting() + queue.stats().claimed() == 0);
    } finally {
      bothHaveSome.countDown();
      worker.stop();
      python.destroyForcibly().waitFor();
    }

    assertThat(saved()).isNotEmpty().doesNotContainAnyElementsOf(ours);
    assertThat(saved().size() + ours.size()).isEqualTo(40);
    assertThat(folder.resolve(saved().get(0))).hasContent("content of " + saved().get(0));
    assertThat(queue.stats().totals())
        .containsEntry("acknowledged", 40L)
        .containsEntry("buried", 1L);
    assertThat(queue.eventsAfter(TaskEvents.BEGINNING, 100).events())
        .filteredOn(event -> "at_least_once.py".equals(event.worker()))
        .extracting(TaskEvent::taskId)
        .containsExactlyInAnyOrderElementsOf(saved());
  }

  /** The files that are whole. */
  private List<String> saved() {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.startsWith("."))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void atLeastOnceConsumer_givesBackWhatItCannotHandleNow() throws Exception {
    List<String> command = Language.PYTHON.command("at_least_once", folder + "/missing");
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 1));

    Process python = start(command);
    try {
      Polling.until(
          "it gave it back",
          () -> queue.stats().totals().containsKey("retried") || !python.isAlive());
    } finally {
      python.destroyForcibly().waitFor();
    }

    TaskEvent event = queue.eventsAfter(TaskEvents.BEGINNING, 1).events().get(0);
    assertThat(event.outcome()).isEqualTo("retried");
    assertThat(event.reason()).startsWith("cannot write");
    assertThat(queue.stats().claimed()).isEqualTo(1);
    assertThat(queue.claim()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void consumer_getsWhatOurProducerEnqueued(Language language) throws Exception {
    List<String> command = language.command("consume", folder.toString());
    RedisTaskQueue queue = redis.open();
    queue.enqueue(
        List.of(
            TestTask.of("../März.txt", TEXT).withId("t1").withSubject("Report").encoded(),
            TestTask.of("next.txt", "").encoded()));

    String output = run(command);

    assertThat(output)
        .contains("Email from: Ada Lovelace (ada@customer.example)", "Email subject: Report");
    assertThat(queue.stats().waiting()).isEqualTo(1);
    try (Stream<Path> saved = Files.list(folder)) {
      assertThat(saved)
          .singleElement()
          .satisfies(
              file -> {
                assertThat(file).content(UTF_8).isEqualTo(TEXT);
                assertThat(file.getFileName().toString()).startsWith("t1-");
              });
    }
  }
}
