package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.ledger.MailRecord.State;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Population;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A mailbox with much to do takes its turn like all others. */
class FairnessTest {
  private static final int MAILBOXES = 6;
  private static final int SMALL = 2;
  private static final int PAGE = 20;
  private static final int PAGES = 5;
  private static final String LARGE_ADDRESS = Population.address(1);

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private GraphSimulator graph;
  private Station station;

  @BeforeEach
  void open() throws IOException {
    Population population = new Population(MAILBOXES, SMALL, PAGES * PAGE, 200);
    graph = GraphSimulator.builder().population(population).build().start();
    station = Station.before(graph, PAGE, redis.open());
    station.entries = List.of("everybody@scale.example");
    station.fileTypes = List.of("*");
    station.slice = new Slice(1, Duration.ofHours(1));
  }

  @AfterEach
  void close() {
    station.close();
    graph.close();
  }

  private MailboxRecord large() {
    return station.history().mailboxes().get(0);
  }

  @Test
  void bringsNewMailOfOthers_whileALongRoundGoesOn() {
    station.pollInterval = Duration.ZERO;
    CycleLoop.Turn turn = station.turn(false);
    assertThat(turn.report().mailboxes().get(0).more()).isTrue();
    assertThat(turn.pause()).isZero();
    assertThat(large().lastSyncAt()).isNull();

    String fresh = graph.deliver(Population.address(MAILBOXES), "inbox", PoisonTest.eml("fresh"));
    CycleReport second = station.cycle();
    assertThat(station.mail(fresh).state()).isEqualTo(State.DONE);
    assertThat(second.mailboxes().get(0).more()).isTrue();

    int cycles = 2;
    while (turn.report().sum().more() && cycles < 2 * PAGES) {
      turn = station.turn(false);
      cycles++;
    }
    assertThat(large().lastSyncAt()).isNotNull();
    assertThat(turn.pause()).isEqualTo(station.pollInterval);
    assertThat(station.history().totals().messages())
        .isEqualTo(PAGES * PAGE + (MAILBOXES - 1) * SMALL + 1);
    assertThat(station.history().totals().retrying()).isZero();
  }

  @Test
  void letsEverybodyHaveATurn_beforeAnybodyHasTwo() {
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    station.aroundDelivery =
        delivery ->
            tasks -> {
              tasks.forEach(task -> order.add(task.task().extras().mailbox()));
              return delivery.deliver(tasks);
            };
    CycleReport report = station.cycle();

    assertThat(report.sum().more()).isFalse();
    assertThat(report.sum().messages()).isEqualTo(PAGES * PAGE + (MAILBOXES - 1) * SMALL);
    int lastOfOthers = 0;
    for (int i = 0; i < order.size(); i++) {
      lastOfOthers = order.get(i).equals(LARGE_ADDRESS) ? lastOfOthers : i;
    }
    assertThat(order.subList(0, lastOfOthers).stream().filter(LARGE_ADDRESS::equals).count())
        .isLessThan(order.stream().filter(LARGE_ADDRESS::equals).count());
    assertThat(order.get(order.size() - 1)).isEqualTo(LARGE_ADDRESS);
  }
}
