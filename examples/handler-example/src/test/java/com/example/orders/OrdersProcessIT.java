package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.testkit.TestTask;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The worker as an operator runs it, with this handler's jar beside it and a real Redis. */
class OrdersProcessIT {
  private static final Path WORKER =
      Path.of("../../queue-worker/target/queue-worker.jar").toAbsolutePath();
  private static final Path HANDLER = Path.of("target/handler-example.jar").toAbsolutePath();

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final Path folder;

  OrdersProcessIT(@TempDir Path folder) {
    this.folder = folder;
  }

  private Process startWorker(String database) throws Exception {
    Files.copy(Path.of("worker.yml"), folder.resolve("worker.yml"));
    ProcessBuilder worker =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            WORKER + File.pathSeparator + HANDLER,
            "io.emailmonitor.worker.reference.WorkerApplication");
    worker
        .environment()
        .putAll(
            Map.of(
                "JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                "REDIS_HOST", redis.server().host(),
                "REDIS_PORT", String.valueOf(redis.server().port()),
                "EMAIL_QUEUE_NAME", redis.settings().name(),
                "ORDERS_DATABASE", database));
    return worker
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("worker.log").toFile())
        .start();
  }

  @Test
  void addsOrders_fromTheQueueToTheDatabase() throws Exception {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(
        List.of(
            TestTask.of("good.csv", "article;quantity\n4711;2\n").encoded(),
            TestTask.of("bad.csv", "article;quantity\n4711;two\n").encoded()));
    String database = "jdbc:h2:file:" + folder.resolve("orders");

    Process worker = startWorker(database);
    try {
      Instant end = Instant.now().plusSeconds(60);
      while (queue.stats().waiting() + queue.stats().claimed() > 0
          && Instant.now().isBefore(end)
          && worker.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } finally {
      worker.destroy();
      assertThat(worker.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(folder.resolve("worker.log")).content().contains("for the handler orders");
    assertThat(queue.stats().totals())
        .as(Files.readString(folder.resolve("worker.log")))
        .containsEntry("acknowledged", 1L)
        .containsEntry("buried", 1L);
    assertThat(Database.at(database).lines()).containsExactly("ada@customer.example 4711 2");
  }
}
