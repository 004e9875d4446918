package io.emailmonitor.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {

  private static final String BOX = "a@contoso.example";
  private static final String OTHER = "b@contoso.example";
  private static final String MESSAGES = "/users/" + BOX + "/messages";

  @Test
  void refusesTheFifthRequestAtTheSameTime() throws IOException {
    List<CompletableFuture<Void>> hanging;
    try (GraphSimulator simulator = GraphSimulator.builder().build().start()) {
      simulator.deliver(BOX, "inbox", Mails.plain("x"));
      simulator.deliver(OTHER, "inbox", Mails.plain("x"));
      GraphClient graph = new GraphClient(simulator);
      // four hang until the connections end with the simulator
      Effect hangs = new Effect.Delay(Duration.ofMinutes(10));
      simulator.faults().add(Fault.times(4, Match.path("**/messages"), hangs));
      hanging =
          Stream.generate(() -> CompletableFuture.runAsync(() -> graph.get(MESSAGES)))
              .limit(4)
              .toList();
      GraphSimulatorTest.await(() -> simulator.faults().active().get(0).befallen() == 4);
      GraphClient.Answer fifth = graph.get(MESSAGES);
      assertThat(fifth.status()).isEqualTo(429);
      assertThat(fifth.error()).isEqualTo("ApplicationThrottled");
      assertThat(fifth.text()).contains("over its MailboxConcurrency limit");
      assertThat(fifth.header("Retry-After")).isEqualTo("1");
      assertThat(graph.get("/users/" + OTHER + "/messages").status()).isEqualTo(200);
      assertThat(simulator.maxInFlight("A@contoso.example")).isEqualTo(5);
      assertThat(simulator.maxInFlight(OTHER)).isEqualTo(1);
    }
    assertThat(hanging).allSatisfy(one -> assertThat(one).failsWithin(Duration.ofSeconds(20)));
  }

  @Test
  void countsOneAfterTheOther_asOneAtATime() throws IOException {
    try (GraphSimulator simulator = GraphSimulator.builder().build().start()) {
      simulator.deliver(BOX, "inbox", Mails.plain("x"));
      GraphClient graph = new GraphClient(simulator);
      for (int i = 0; i < 20; i++) {
        graph.json(MESSAGES);
      }
      assertThat(simulator.maxInFlight(BOX)).isEqualTo(1);
      assertThat(simulator.requests(BOX)).isEqualTo(20);
      assertThat(simulator.maxInFlight("nobody@contoso.example")).isZero();
    }
  }

  @Test
  void refusesMoreThanItsShare_untilTheTenMinutesAreOver() throws IOException {
    GraphSimulator.Builder builder = GraphSimulator.builder().requestsPerTenMinutes(3);
    try (GraphSimulator simulator = builder.build().start()) {
      simulator.deliver(BOX, "inbox", Mails.plain("x"));
      GraphClient graph = new GraphClient(simulator);
      for (int i = 0; i < 3; i++) {
        graph.json(MESSAGES);
      }
      GraphClient.Answer refused = graph.get(MESSAGES);
      assertThat(refused.status()).isEqualTo(429);
      assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(300, 600);
      simulator.advance(Duration.ofMinutes(10));
      graph.json(MESSAGES);
    }
  }
}
