package io.emailmonitor.worker.reference;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.TestKeys;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.service.http.HostileRequests;
import io.emailmonitor.service.metrics.Promtool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import redis.clients.jedis.RedisClient;

/** The built jar as a process, on a real Redis. */
class WorkerProcessIT {
  private static final int CONTENT_SIZE = 1_000_000;

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final Path folder;

  WorkerProcessIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private Map<String, String> environment(String handler) {
    Map<String, String> environment =
        new HashMap<>(WorkerProcess.redis(redis.server(), redis.settings().name()));
    environment.put("WORKER_HANDLER", handler);
    environment.put("OUTPUT_DIR", folder.toString());
    environment.put("WORKER_LEASE", "2s");
    return environment;
  }

  private boolean exists(String name) {
    return Files.exists(folder.resolve(name));
  }

  private static boolean isEmpty(QueueStats stats) {
    return stats.waiting() + stats.claimed() == 0;
  }

  private static byte[] content(int seed) {
    byte[] content = new byte[CONTENT_SIZE];
    new Random(seed).nextBytes(content);
    return content;
  }

  @Test
  void twoReplicasSaveEverything_onOneMachineWithoutSettings() throws IOException {
    RedisTaskQueue queue = redis.open();
    for (int i = 0; i < 12; i++) {
      queue.enqueue(List.of(Tasks.task("t" + i, content(i))));
    }
    try (WorkerProcess one = WorkerProcess.start(folder, environment("save"));
        WorkerProcess two = WorkerProcess.start(folder, environment("save"))) {
      Polling.until("the queue is empty", () -> isEmpty(queue.stats()));

      assertThat(one.adminPort()).isNotEqualTo(two.adminPort());
      for (WorkerProcess worker : List.of(one, two)) {
        assertThat(worker.get("/ping").body()).isEqualTo("pong\n");
        assertThat(worker.get("/healthcheck").statusCode()).isEqualTo(200);
        assertThat(worker.get("/healthcheck").body()).contains("\"redis\"", "\"worker\"");
        assertThat(worker.get("/metrics").body()).contains("worker.claimed", "worker.in_flight");
        assertThat(worker.get("/health/live").body())
            .contains("\"ok\"", "\"worker-loops\"", "\"care-loop\"");
        assertThat(worker.get("/health/ready").body()).contains("\"ok\"", "\"redis\"");
        assertMeasured(worker.get("/metrics/prometheus").body());
      }
      assertWithstandsStrangers(one);
    }
    for (int i = 0; i < 12; i++) {
      Path saved = folder.resolve("2026-03-01/t" + i + "/t" + i + ".pdf");
      assertThat(Files.readAllBytes(saved)).isEqualTo(content(i));
      assertThat(Path.of(saved + ".json")).exists();
    }
    assertThat(queue.stats().dead()).isZero();
  }

  private static void assertWithstandsStrangers(WorkerProcess worker) throws IOException {
    for (String request : HostileRequests.all()) {
      assertThat(HostileRequests.send(worker.adminPort(), request))
          .doesNotContainIgnoringCase(HostileRequests.MARK);
    }
    assertThat(worker.log().lines())
        .filteredOn(line -> line.contains(HostileRequests.MARK))
        .as("paths are audited, percent-encoded, and nothing else is")
        .allMatch(line -> line.matches(".* audit: anonymous from [0-9.]+: [A-Z]+ [!-~]*xyzzy: .*"));
    assertThat(worker.log()).doesNotContain("\tat ");
  }

  private static void assertMeasured(String metrics) {
    assertThat(metrics)
        .contains("queue_worker_healthy{check=\"redis\"} 1.0", "jvm_memory_used_bytes");
    Promtool.check(metrics);
    assertThat(Promtool.askedForButNotShown("queue_worker", metrics)).isEmpty();
  }

  @Test
  void anotherWorkerFinishes_whatAKilledOneHad() throws IOException {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("t", 2));
    try (WorkerProcess killed = WorkerProcess.startWithTestHandlers(folder, environment("gated"))) {
      Polling.until("both are begun", () -> exists("t0-1") && exists("t1-1"));
      killed.kill();
    }
    Files.createFile(folder.resolve("open"));

    try (WorkerProcess other = WorkerProcess.startWithTestHandlers(folder, environment("gated"))) {
      Polling.until("the queue is empty", () -> isEmpty(queue.stats()));

      assertThat(exists("t0-2") && exists("t1-2")).isTrue();
      assertThat(other.get("/healthcheck").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void setsATaskAside_thatKillsEveryWorker() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(List.of(Tasks.task("poison")));
    queue.enqueue(Tasks.tasks("t", 3));
    Map<String, String> environment = environment("halting");
    environment.put("WORKER_LEASE", "1s");
    environment.put("WORKER_MAX_DELIVERIES", "2");
    environment.put("WORKER_CONCURRENCY", "1");
    try (WorkerProcess one = WorkerProcess.startWithTestHandlers(folder, environment);
        WorkerProcess two = WorkerProcess.startWithTestHandlers(folder, environment);
        WorkerProcess three = WorkerProcess.startWithTestHandlers(folder, environment)) {
      Polling.until("the queue is empty", () -> isEmpty(queue.stats()));

      assertThat(Stream.of(one, two, three).filter(w -> w.process().isAlive())).hasSize(1);
    }

    assertThat(queue.stats().totals()).containsEntry("acknowledged", 3L);
    assertThat(queue.dead(0, 10))
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.task().facts()).containsEntry("task_id", "poison");
              assertThat(dead.reason()).contains("handed out 2 times", "crashed");
            });
  }

  @ParameterizedTest
  @CsvSource({"save, 3", "log, 2"})
  void handlesAttachmentsOf50MB_twoAtOnce_in512MB(String handler, int tasks) throws IOException {
    RedisTaskQueue queue = redis.open();
    byte[] content = new byte[50 * 1024 * 1024];
    new Random(1).nextBytes(content);
    for (int i = 0; i < tasks; i++) {
      queue.enqueue(List.of(Tasks.task("t" + i, content)));
    }
    Map<String, String> environment = environment(handler);
    environment.remove("WORKER_LEASE"); // too short for what must cross the network first
    try (WorkerProcess worker = WorkerProcess.start(folder, environment)) {
      // Not by the statistics: they show how old the next task is, which costs with large ones.
      Polling.until(
          "all are settled",
          () -> queue.eventsAfter(TaskEvents.BEGINNING, tasks).events().size() == tasks);

      assertThat(worker.log()).doesNotContain("OutOfMemory");
    }
    assertThat(queue.stats().totals())
        .containsEntry("acknowledged", (long) tasks)
        .doesNotContainKeys("retried", "redelivered", "buried");
    Path expected = Files.write(folder.resolve("expected"), content);
    for (int i = 0; i < tasks && handler.equals("save"); i++) {
      Path saved = folder.resolve("2026-03-01/t" + i + "/t" + i + ".pdf");
      assertThat(Files.mismatch(expected, saved)).isEqualTo(-1);
    }
  }

  @Test
  void finishesItsTask_whenAskedToStop() throws IOException {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("t", 3));
    try (WorkerProcess worker = WorkerProcess.startWithTestHandlers(folder, environment("gated"))) {
      Polling.until("two are begun", () -> exists("t0-1") && exists("t1-1"));
      Thread opener =
          new Thread(
              () -> {
                Polling.until("it stops", () -> worker.log().contains("stopping"));
                open();
              });
      opener.start();

      assertThat(worker.terminate()).isEqualTo(143);
    }

    QueueStats stats = queue.stats();
    assertThat(stats.waiting()).isEqualTo(1);
    assertThat(stats.claimed()).isZero();
    assertThat(stats.totals()).containsEntry("acknowledged", 2L);
  }

  private void open() {
    try {
      Files.createFile(folder.resolve("open"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void givesItsTaskBack_whenAskedToStopAndNotFinishedInTime() throws IOException {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("t", 1));
    Map<String, String> environment = environment("gated");
    // A second thread that waits for work would take the task, and give it back too.
    environment.put("WORKER_CONCURRENCY", "1");
    environment.put("WORKER_STOP_GRACE", "100ms");
    try (WorkerProcess worker = WorkerProcess.startWithTestHandlers(folder, environment)) {
      Polling.until("it is begun", () -> exists("t0-1"));

      assertThat(worker.terminate()).isEqualTo(143);
    }

    assertThat(queue.claim().orElseThrow().attempt()).isEqualTo(1);
    assertThat(queue.stats().totals()).containsEntry("released", 1L);
  }

  @Test
  void waitsForRedis_andRecovers() {
    try (TestRedis server = TestRedis.start()) {
      Map<String, String> environment = environment("log");
      environment.putAll(WorkerProcess.redis(server.settings(), "q"));
      server.kill();
      try (WorkerProcess worker = WorkerProcess.start(folder, environment)) {
        assertThat(worker.get("/healthcheck").statusCode()).isEqualTo(500);
        assertThat(worker.get("/healthcheck").body()).contains("127.0.0.1:" + server.port());
        assertThat(worker.get("/health/ready").body())
            .contains("is it running", "REDIS_HOST", "goes on by itself");
        assertThat(worker.get("/health/live").statusCode()).isEqualTo(200);
        server.restart();
        Polling.until("it is healthy", () -> worker.get("/healthcheck").statusCode() == 200);
        assertThat(worker.get("/healthcheck").body()).contains("Set appendonly to yes");
        Polling.until("it warns", () -> worker.log().contains("Redis keeps nothing on disk"));
      }
    }
  }

  @Test
  void showsTasksOfForeignProducers_andBuriesWhatIsNone() {
    RedisTaskQueue queue = redis.open();
    String json = new String(Tasks.task("t").json(), StandardCharsets.UTF_8);
    try (RedisClient foreign = TestKeys.client(redis.server())) {
      foreign.lpush(redis.settings().name(), "no task", json);
    }
    try (WorkerProcess worker = WorkerProcess.start(folder, environment("log"))) {
      Polling.until("it is shown", () -> worker.log().contains("Email subject: Invoice t"));
      Polling.until("all is settled", () -> isEmpty(queue.stats()));
    }
    assertThat(queue.stats().dead()).isEqualTo(1);
    assertThat(queue.dead(0, 1).get(0).reason()).contains("not valid JSON");
  }

  @Test
  void refusesToStart_namingAllSettings() {
    Map<String, String> environment = environment("shred");
    environment.put("WORKER_CONCURRENCY", "many");
    try (WorkerProcess worker = WorkerProcess.start(folder, environment)) {
      assertThat(worker.exitCode()).isEqualTo(1);
      assertThat(worker.log())
          .contains("2 settings", "WORKER_CONCURRENCY", "'many'", "from 1 to 256", "'shred'")
          .doesNotContain("\tat ");
    }
  }

  @Test
  void refusesToStart_andTakesNoTask_whenItsPortIsTaken() throws IOException {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("t", 1));
    Map<String, String> environment = environment("log");
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      environment.put("WORKER_ADMIN_PORT", "" + taken.getLocalPort());
      try (WorkerProcess worker = WorkerProcess.start(folder, environment)) {
        assertThat(worker.exitCode()).isEqualTo(1);
        assertThat(worker.log()).contains("WORKER_ADMIN_PORT").doesNotContain("\tat ");
      }
    }
    assertThat(queue.stats().waiting()).isEqualTo(1);
  }
}
