package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.delivery.Fallback;
import io.emailmonitor.monitor.delivery.FallbackSteps;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.queue.FaultyProxy;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Faults;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  private static final int FORWARDING_STEPS = 5;
  private static final Duration CALM = Duration.ofHours(6);

  final GraphSimulator simulator;
  final Station station;
  final List<DecodedTask> taken = new ArrayList<>();
  final List<String> events = new ArrayList<>();

  private final MutableClock clock = new MutableClock();
  private final Random random;
  private final RandomMail mail;
  private final RandomFaults faults;
  private final FaultyProxy network;
  private final RedisTaskQueue queue;
  private final List<String> mailboxes =
      IntStream.range(0, 3).mapToObj(i -> "box" + i + "@contoso.example").toList();
  private final List<Delivered> delivered = new ArrayList<>();
  private final Path directory;
  private Crash crash = Crash.never();
  private Fallback fallback;
  private int hits;
  private int cycles;

  private record Delivered(String mailbox, String id) {}

  FaultRun(long seed, RedisExtension redis, Path directory) throws IOException {
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
    this.directory = directory;
    fallback = station.fallBackTo(directory, Long.MAX_VALUE, queue, crash);
    station.fileTypes = RandomMail.FILE_TYPES;
    if (seed % 2 == 0) {
      station.followUp = new FollowUp(true, "Taken", DONE);
    }
    station.opened = EnumSet.allOf(Format.class);
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
      CompletableFuture<Void> forwarding = CompletableFuture.runAsync(this::forward);
      cycle(asked);
      world.join();
      forwarding.join();
      if (crash.happened()) {
        note("killed at the latest");
        restart(Crash.never());
      }
      network.recover();
      hits += simulator.faults().active().stream().mapToInt(Faults.Active::befallen).sum();
      simulator.faults().clear();
      if (taking) {
        taken.addAll(station.takeAll());
      }
      advance(Duration.ofMinutes(minutes));
    }
    calmDown();
    sweep();
    taken.addAll(station.takeAll());
  }

  private void add(Fault fault) {
    note(fault.toString());
    simulator.faults().add(fault);
  }

  /** The process is killed, and starts anew. */
  private void prepareCrash() {
    if (random.nextInt(8) == 0) {
      Crash.Step step = any(List.of(Crash.Step.values()));
      note("crash at " + step);
      restart(new Crash(step, random.nextBoolean(), random.nextInt(4)));
    }
  }

  private void restart(Crash next) {
    crash = next;
    station.restart();
    fallback = station.fallBackTo(directory, Long.MAX_VALUE, queue, next);
    station.aroundDelivery = next::around;
    station.aroundJournal = next::around;
  }

  /** What waits for Redis goes there while mailboxes are read. */
  private void forward() {
    try {
      for (int i = 0; i < FORWARDING_STEPS; i++) {
        FallbackSteps.step(fallback);
      }
    } catch (QueueUnavailableException e) {
      note("nothing forwarded: " + e.getMessage());
    } catch (Crash.Killed e) {
      note("killed while it forwarded");
    }
  }

  private void cycle(boolean asked) {
    cycles++;
    try {
      CycleReport report = station.turn(asked).report();
      note(report.toString());
    } catch (Crash.Killed e) {
      note("killed");
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
      case 4 -> attach(mailbox, id, mail.lateName(), mail.lateContent());
      default -> deliver(any(mailboxes), mail.next());
    };
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private Runnable deliver(String mailbox, byte[] eml) {
    return () -> delivered.add(new Delivered(mailbox, simulator.deliver(mailbox, "inbox", eml)));
  }

  private Runnable attach(String mailbox, String id, String name, byte[] content) {
    return () -> simulator.attach(mailbox, id, name, "application/pdf", content);
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
    restart(Crash.never());
    int quiet = 0;
    for (int i = 0; i < CALM_ROUNDS && quiet < 2; i++) {
      advance(CALM);
      forward();
      cycle(false);
      quiet = isQuiet() ? quiet + 1 : 0;
    }
    if (quiet == 0) {
      throw new AssertionError("does not come to rest");
    }
  }

  /** Only that finds what came late, and what Graph's changes have lost. */
  private void sweep() {
    note("sweep");
    advance(CALM);
    Instant asked = clock.instant();
    station.sweeps().demand(Instant.EPOCH);
    for (int i = 0; i < CALM_ROUNDS && !isSwept(asked); i++) {
      cycle(false);
    }
    if (!isSwept(asked) || !isQuiet()) {
      throw new AssertionError("the sweep does not come to its end");
    }
  }

  private boolean isSwept(Instant asked) {
    return station.history().mailboxes().stream()
        .map(MailboxRecord::reconciledAt)
        .allMatch(at -> at != null && !at.isBefore(asked));
  }

  private boolean isQuiet() {
    return station.history().totals().retrying() == 0
        && station.waitingTasks().recorded(stored()).isEmpty()
        && station.waitingTasks().count() == 0
        && station.history().mailboxes().stream().allMatch(box -> box.problem() == null);
  }

  /**
   * By their ids. Of some nothing is recorded: stored in a crash, with their messages gone since.
   */
  private List<String> stored() {
    String ending = ".json";
    return Stream.of(
            Objects.requireNonNullElse(directory.resolve("waiting").toFile().list(), new String[0]))
        .filter(name -> name.endsWith(ending))
        .map(name -> name.substring(0, name.length() - ending.length()))
        .toList();
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
