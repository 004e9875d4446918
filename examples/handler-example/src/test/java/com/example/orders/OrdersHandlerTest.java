package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.testkit.TestAttempt;
import io.emailmonitor.testkit.TestTask;
import io.emailmonitor.worker.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** The handler on one attempt, as a worker would hand it over. */
class OrdersHandlerTest {
  private final Database database = Database.inMemory();
  private final OrdersHandler handler = database.handler();

  private static TestTask order(String lines) {
    return TestTask.of("order.csv", "article;quantity\n" + lines).from("bob@customer.example");
  }

  @Test
  void addsTheLinesOfAnOrder() throws Exception {
    assertThat(order("4711;2\n4712;1\n").attempt().handledBy(handler)).isEqualTo(Outcome.done());

    assertThat(database.lines())
        .containsExactly("bob@customer.example 4711 2", "bob@customer.example 4712 1");
  }

  @Test
  void addsAnOrderOnce_howeverOftenItComes() throws Exception {
    TestAttempt first = order("4711;2\n").attempt();
    first.handledBy(handler);

    assertThat(first.withNumber(2).handledBy(handler)).isEqualTo(Outcome.done());

    assertThat(database.lines()).hasSize(1);
  }

  @Test
  void addsAnOrderOnce_whenALateAttemptStillRuns() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      Callable<Outcome> attempt = () -> order("4711;2\n".repeat(5000)).attempt().handledBy(handler);

      for (Future<Outcome> outcome : threads.invokeAll(List.of(attempt, attempt))) {
        assertThat(outcome.get()).isInstanceOfAny(Outcome.Done.class, Outcome.Retry.class);
      }
    } finally {
      threads.shutdown();
    }
    assertThat(database.lines()).hasSize(5000);
  }

  @Test
  void buriesABadOrder_andAddsNothingOfIt() throws Exception {
    Outcome outcome = order("4711;2\n4712;many\n").attempt().handledBy(handler);

    assertThat(outcome).isEqualTo(Outcome.bury("line 3: the quantity is no whole number above 0"));
    assertThat(database.lines()).isEmpty();
  }

  @Test
  void buriesWhatIsNoOrder() throws Exception {
    assertThat(TestTask.of("photo.jpg", "").attempt().handledBy(handler))
        .isEqualTo(Outcome.bury("not a CSV file"));
  }

  @Test
  void buriesWhatTheDatabaseCannotHold() throws Exception {
    assertThat(order("x".repeat(1001) + ";1\n").attempt().handledBy(handler))
        .isEqualTo(Outcome.bury("the database cannot hold it, SQL state 22001"));
  }

  @Test
  void triesAgain_whenTheDatabaseRefuses() throws Exception {
    database.run("CREATE TABLE orders (other INT)");

    Outcome outcome = order("4711;2\n").attempt().handledBy(handler);

    assertThat(outcome).isInstanceOf(Outcome.Retry.class);
    assertThat(outcome.toString()).contains("SQL state").doesNotContain("4711");
  }

  @Test
  void leavesUnreadableContent_toTheWorker() {
    String json = new String(order("4711;2\n").encoded().json(), StandardCharsets.UTF_8);
    byte[] broken =
        json.replaceAll("b64\":\"....", "b64\":\"!!!!").getBytes(StandardCharsets.UTF_8);

    assertThatThrownBy(() -> TestAttempt.of(broken).handledBy(handler))
        .isInstanceOf(MalformedTaskException.class);
  }

  @Test
  void asksForMoreTime_asLongAsItMovesOn() throws Exception {
    TestAttempt attempt = order("4711;2\n".repeat(2500)).attempt();

    attempt.handledBy(handler);

    assertThat(attempt.extensions()).containsExactly(Duration.ofMinutes(1), Duration.ofMinutes(1));
  }
}
