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
  private static final QueueSettings ORDERS =
      QueueSettings.named("orders").withDelivery(Duration.ofMinutes(1), 1_000_000);
  private static final RetryPolicy SOON =
      new RetryPolicy(Duration.ofMillis(1), Duration.ofMillis(10));
  private static final Duration AT_MOST = Duration.ofMinutes(1);

  private final Database database = Database.inMemory();
  private final InMemoryTaskQueue queue = new InMemoryTaskQueue(ORDERS, InstantSource.system());
  private final Worker worker =
      new Worker(
          queue,
          database.handler(),
          Worker.Settings.of(ORDERS).withRetry(SOON),
          new MetricRegistry());

  @AfterEach
  void stop() throws InterruptedException {
    worker.stop();
  }

  private void handle(TestTask task) {
    queue.enqueue(List.of(task.encoded()));
  }

  @Test
  void addsOrders_andSetsBadOnesAside() throws Exception {
    handle(TestTask.of("good.csv", "article;quantity\n4711;2\n"));
    handle(TestTask.of("bad.csv", "article;quantity\n4711;-2\n"));

    worker.start();
    queue.awaitEmpty(AT_MOST);

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
    Instant end = Instant.now().plus(AT_MOST);
    while (queue.stats().totals().getOrDefault("retried", 0L) == 0 && Instant.now().isBefore(end)) {
      LockSupport.parkNanos(1_000_000);
    }
    database.run("DROP TABLE orders");
    queue.awaitEmpty(AT_MOST);

    assertThat(database.lines()).hasSize(1);
  }
}
