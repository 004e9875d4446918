package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.monitor.delivery.QueueDelivery;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.queue.FaultyProxy;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Faults;
import io.emailmonitor.simulator.graph.PageQuirk;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * An intake at work on mailboxes that change while it reads them, with a mail system and a Redis
 * that fail; all of it drawn from a seed. In the end nothing fails any more, and it works until
 * there is nothing left to do. Which request meets which fault also depends on how threads take
 * turns.
 */
final class FaultRun implements AutoCloseable {
  private static final int ROUNDS = 12;

  /** Where messages are moved after success, in every other run. */
  static final String DONE = "archive";

  /**
   * Enough for a mailbox that is parked for a day and a message that is tried for the last time.
   */
  private static final int CALM_ROUNDS = 20;

  private static final Duration CALM = Duration.ofHours(6);

  final GraphSimulator simulator;
  final Station station;
  final List<DecodedTask> taken = new ArrayList<>();
  final List<String> events = new ArrayList<>();

  /** Where Graph lost messages that left and came back. */
  final Set<String> losing = new HashSet<>();

  private final MutableClock clock = new MutableClock();
  private final Random random;
  private final RandomMail mail;
  private final RandomFaults faults;
  private final FaultyProxy network;
  private final RedisTaskQueue queue;
  private final List<String> mailboxes =
      IntStream.range(0, 3).mapToObj(i -> "box" + i + "@contoso.example").toList();
  private final List<Delivered> delivered = new ArrayList<>();
  private int hits;
  private int cycles;

  private record Delivered(String mailbox, String id) {}

  FaultRun(long seed, RedisExtension redis) throws IOException {
    random = new Random(seed);
    mail = new RandomMail(random);
    faults = new RandomFaults(random);
    simulator = GraphSimulator.builder().clock(clock).seed(seed).build().start();
    network = FaultyProxy.before(redis.server().port());
    RedisSettings server = redis.server();
    queue =
        new RedisTaskQueue(
            RedisSettings.ofParts(
                "127.0.0.1",
                network.port(),
                server.database(),
                server.username(),
                server.password(),
                false),
            redis.settings());
    station = Station.before(simulator, 1 + random.nextInt(5), redis.open());
    station.delivery = new QueueDelivery(queue);
    station.fileTypes = RandomMail.FILE_TYPES;
    if (seed % 2 == 0) {
      station.followUp = new FollowUp(true, "Taken", DONE);
    }
    mailboxes.forEach(mailbox -> deliver(mailbox, mail.next()).run());
  }

  List<String> mailboxes() {
    return mailboxes;
  }

  /** How often a fault befell a request, or Redis was out of reach. */
  int hits() {
    return hits;
  }

  int cycles() {
    return cycles;
  }

  void run() {
    for (int round = 1; round <= ROUNDS; round++) {
      note("round " + round);
      for (String mailbox : mailboxes()) {
        for (int i = random.nextInt(5); i > 0; i--) {
          add(faults.next(mailbox));
        }
      }
      boolean asked = random.nextInt(4) == 0;
      boolean taking = random.nextBoolean();
      int minutes = 1 + random.nextInt(20);
      prepareCrash();
      // Decided before anything happens, so that the order of threads does not change it.
      List<Runnable> changes = changes();
      CompletableFuture<Void> world =
          CompletableFuture.runAsync(() -> changes.forEach(Runnable::run));
      cycle(asked);
      world.join();
      network.recover();
      hits += simulator.faults().active().stream().mapToInt(Faults.Active::befallen).sum();
      simulator.faults().clear();
      if (taking) {
        taken.addAll(station.takeAll());
      }
      advance(Duration.ofMinutes(minutes));
    }
    calmDown();
    taken.addAll(station.takeAll());
  }

  private void add(Fault fault) {
    if (fault.effect() instanceof Effect.Page page
        && page.quirk() == PageQuirk.LOSE_RETURNED
        && fault.match().mailbox() != null) {
      losing.add(fault.match().mailbox());
    }
    note(fault.toString());
    simulator.faults().add(fault);
  }

  /** The process is killed, and starts anew. */
  private void prepareCrash() {
    if (random.nextInt(8) == 0) {
      Crash.Step step = any(List.of(Crash.Step.values()));
      Crash crash = new Crash(step, random.nextBoolean(), random.nextInt(4));
      note("crash at " + step);
      station.restart();
      station.aroundDelivery = crash::around;
      station.aroundJournal = crash::around;
    }
  }

  private void cycle(boolean asked) {
    cycles++;
    try {
      CycleReport report = station.turn(asked).report();
      note(report.toString());
    } catch (Crash.Killed e) {
      note("killed");
      station.restart();
    }
  }

  private List<Runnable> changes() {
    List<Runnable> changes = new ArrayList<>();
    for (int i = 4 + random.nextInt(8); i > 0; i--) {
      Delivered known = any(delivered);
      changes.add(unlessItIsGone(change(known.mailbox(), known.id())));
    }
    changes.add(redisTrouble());
    return changes;
  }

  private Runnable change(String mailbox, String id) {
    return switch (random.nextInt(12)) {
      case 0 -> () -> simulator.move(mailbox, id, "inbox/Done");
      case 1 ->
          () -> {
            simulator.move(mailbox, id, "inbox/Done");
            simulator.move(mailbox, id, "inbox");
          };
      case 2 -> () -> simulator.delete(mailbox, id);
      case 3 -> () -> simulator.markRead(mailbox, id, true);
      default -> deliver(any(mailboxes), mail.next());
    };
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private Runnable deliver(String mailbox, byte[] eml) {
    return () -> delivered.add(new Delivered(mailbox, simulator.deliver(mailbox, "inbox", eml)));
  }

  private Runnable redisTrouble() {
    double share = random.nextDouble();
    boolean orderly = random.nextBoolean();
    FaultyProxy.Way way = random.nextBoolean() ? FaultyProxy.Way.REQUESTS : FaultyProxy.Way.REPLIES;
    return switch (random.nextInt(12)) {
      case 0 -> redis("refuses", network::refuse);
      case 1 -> redis("cut", network::cut);
      case 2 -> redis("cut in " + way, () -> network.cutNext(way, share, orderly, () -> {}));
      default -> () -> {};
    };
  }

  private Runnable redis(String what, Runnable trouble) {
    note("Redis: " + what);
    hits++;
    return trouble;
  }

  /** A fault may have deleted the message before. */
  private Runnable unlessItIsGone(Runnable change) {
    return () -> {
      try {
        change.run();
      } catch (IllegalArgumentException e) {
        note(String.valueOf(e.getMessage()));
      }
    };
  }

  private void calmDown() {
    note("calm");
    station.restart();
    int quiet = 0;
    for (int i = 0; i < CALM_ROUNDS && quiet < 2; i++) {
      advance(CALM);
      cycle(false);
      quiet = isQuiet() ? quiet + 1 : 0;
    }
    if (quiet == 0) {
      throw new AssertionError("does not come to rest");
    }
  }

  private boolean isQuiet() {
    return station.history().totals().retrying() == 0
        && station.history().mailboxes().stream().allMatch(box -> box.problem() == null);
  }

  private void advance(Duration time) {
    clock.advance(time);
    station.clock.advance(time);
  }

  private synchronized void note(String event) {
    events.add(event);
  }

  @Override
  public void close() {
    station.close();
    queue.close();
    network.close();
    simulator.close();
  }
}
