package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.testkit.InMemoryTaskQueue;
import io.emailmonitor.testkit.TestTask;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.runtime.Worker;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The handler in a real worker, on a queue without a server. */
class OrdersWorkerTest {
  private static final Duration LONG = Duration.ofMinutes(5);
  private static final int MANY = 1_000_000;

  private final Database database = Database.inMemory();
  private final InMemoryTaskQueue queue =
      new InMemoryTaskQueue(
          QueueSettings.named("orders").withDelivery(LONG, MANY), InstantSource.system());
  private final Worker worker =
      new Worker(
          queue,
          database.handler(),
          new Worker.Settings(
              2,
              LONG,
              LONG,
              MANY,
              new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(10)),
              Duration.ofSeconds(10)),
          new MetricRegistry());

  @AfterEach
  void stop() throws InterruptedException {
    worker.stop();
  }

  private void handle(TestTask task) {
    queue.enqueue(List.of(task.encoded()));
  }

  private void awaitEmpty() {
    Instant end = Instant.now().plusSeconds(60);
    while (queue.stats().waiting() + queue.stats().claimed() > 0 && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(queue.stats().waiting() + queue.stats().claimed()).isZero();
  }

  @Test
  void addsOrders_andSetsBadOnesAside() throws Exception {
    handle(TestTask.of("good.csv", "article;quantity\n4711;2\n"));
    handle(TestTask.of("bad.csv", "article;quantity\n4711;-2\n"));

    worker.start();
    awaitEmpty();

    assertThat(database.lines()).hasSize(1);
    assertThat(queue.dead(0, 10))
        .singleElement()
        .satisfies(dead -> assertThat(dead.reason()).startsWith("line 2"));
  }

  @Test
  void addsAnOrder_asSoonAsTheDatabaseTakesIt() throws Exception {
    database.run("CREATE TABLE orders (other INT)");
    handle(TestTask.of("good.csv", "article;quantity\n4711;2\n"));

    worker.start();
    Instant end = Instant.now().plusSeconds(60);
    while (queue.stats().totals().getOrDefault("retried", 0L) == 0 && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(1_000_000);
    }
    database.run("DROP TABLE orders");
    awaitEmpty();

    assertThat(database.lines()).hasSize(1);
  }
}
