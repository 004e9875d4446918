package io.emailmonitor.worker.chaos;

import io.emailmonitor.queue.DeadTask;
import io.emailmonitor.queue.FaultyProxy;
import io.emailmonitor.queue.FaultyProxy.Way;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.QueueStats;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.queue.TestKeys;
import io.emailmonitor.queue.TestRedis;
import io.emailmonitor.worker.JavaProcess;
import io.emailmonitor.worker.chaos.Disturbances.Kind;
import io.emailmonitor.worker.reference.WorkerProcess;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Producers, workers and a Redis with its data on disk, all as processes, and the hand that
 * disturbs them: first not at all, then as a seed says, then no more until all work is done. For
 * one thread.
 */
final class ChaosRun implements AutoCloseable {
  private static final String QUEUE = "chaos";
  private static final int CALM_TASKS = 150;
  private static final int LONGEST_PAUSE_BETWEEN_FAULTS = 800;

  /** What can be done; each deal of the cards does all of it, in another order. */
  private enum Card {
    CUT_ALL(2),
    CUT_REQUEST(4),
    CUT_REPLY(4),
    HALF_OPEN(2),
    PAUSE_WORKER(2),
    KILL_WORKER(2),
    KILL_PRODUCER(3),
    KILL_REDIS(2);

    private final int copies;

    Card(int copies) {
      this.copies = copies;
    }
  }

  /** Ends a fault, when its time has come. */
  private record Repair(long when, Runnable action) {}

  private final Path folder;
  private final Random random;
  private final Disturbances disturbances = new Disturbances();
  private final TestRedis redis = TestRedis.startDurable();
  private final RedisTaskQueue queue =
      new RedisTaskQueue(redis.settings(), QueueSettings.named(QUEUE));
  private final List<Member> workers = new ArrayList<>();
  private final List<Member> producers = new ArrayList<>();
  private final Deque<Card> deck = new ArrayDeque<>();
  private final Queue<Repair> repairs = new PriorityQueue<>(Comparator.comparingLong(Repair::when));
  private final List<TaskEvent> events = new ArrayList<>();
  private String eventsRead = TaskEvents.BEGINNING;
  private boolean redisIsDown;
  private long calmUntil;

  ChaosRun(Path folder, long seed) {
    this.folder = folder;
    this.random = new Random(seed);
    for (int i = 1; i <= 3; i++) {
      // The third of each goes straight to Redis.
      workers.add(member("worker-" + i, i < 3, ChaosRun::worker));
      producers.add(member("producer-" + i, i < 3, ChaosRun::producer));
    }
  }

  private interface Starter {
    JavaProcess start(Member member, int redisPort);
  }

  private Member member(String name, boolean linked, Starter starter) {
    FaultyProxy link = linked ? FaultyProxy.before(redis.port()) : null;
    int port = link == null ? redis.port() : link.port();
    return new Member(name, folder, link, member -> starter.start(member, port));
  }

  private static JavaProcess worker(Member member, int redisPort) {
    return WorkerProcess.startWithTestHandlers(
            member.folder,
            Map.of(
                "REDIS_HOST",
                "127.0.0.1",
                "REDIS_PORT",
                "" + redisPort,
                "EMAIL_QUEUE_NAME",
                QUEUE,
                "WORKER_NAME",
                member.name,
                "WORKER_CONCURRENCY",
                "4",
                "WORKER_LEASE",
                ChaosTask.LEASE.toSeconds() + "s",
                "WORKER_MAX_DELIVERIES",
                "1000",
                "WORKER_HANDLER",
                JournalHandlerFactory.NAME))
        .process();
  }

  private static JavaProcess producer(Member member, int redisPort) {
    List<Path> classPath =
        List.of(WorkerProcess.JAR, locationOf(ChaosProducer.class), locationOf(Tasks.class));
    return JavaProcess.ofClass(
        member.folder,
        Map.of(),
        classPath,
        ChaosProducer.class,
        member.name,
        "" + redisPort,
        QUEUE);
  }

  private static Path locationOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private Stream<Member> members() {
    return Stream.concat(workers.stream(), producers.stream());
  }

  /** Starts everything and lets it work undisturbed for a while. */
  void beginCalmly() {
    members().forEach(Member::start);
    Polling.until(
        "all workers work",
        () ->
            workers.stream().allMatch(worker -> !handledBy(worker).isEmpty())
                && workers.stream().mapToInt(worker -> handledBy(worker).size()).sum()
                    >= CALM_TASKS);
    calmUntil = System.currentTimeMillis();
  }

  private static List<List<String>> handledBy(Member worker) {
    return Journal.read(worker.folder.resolve(JournalHandlerFactory.FILE));
  }

  /** Plays card after card. Afterwards everything runs again. */
  void disturb(Duration time) {
    long end = now() + time.toMillis();
    long nextCard = now();
    while (now() < end) {
      if (now() >= nextCard) {
        play(draw());
        nextCard = now() + random.nextInt(LONGEST_PAUSE_BETWEEN_FAULTS);
      }
      while (!repairs.isEmpty() && repairs.element().when() <= now()) {
        repairs.remove().action().run();
      }
      readEvents();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
    while (!repairs.isEmpty()) {
      repairs.remove().action().run();
    }
    members().flatMap(member -> Stream.ofNullable(member.link)).forEach(FaultyProxy::recover);
  }

  private Card draw() {
    if (deck.isEmpty()) {
      List<Card> cards = new ArrayList<>();
      for (Card card : Card.values()) {
        cards.addAll(Collections.nCopies(card.copies, card));
      }
      Collections.shuffle(cards, random);
      deck.addAll(cards);
    }
    return deck.remove();
  }

  /** Does nothing where its victim lies on the ground already. */
  private void play(Card card) {
    // Drawn whether needed or not, so that what comes later depends on the seed alone.
    Member worker = workers.get(random.nextInt(workers.size()));
    Member producer = producers.get(random.nextInt(producers.size()));
    Member linked = (random.nextInt(4) == 0 ? producers : workers).get(random.nextInt(2));
    boolean either = random.nextBoolean();
    double share = random.nextDouble();
    switch (card) {
      case CUT_ALL -> cutAll(linked);
      case CUT_REQUEST -> cutNext(linked, Way.REQUESTS, share, either);
      case CUT_REPLY -> cutNext(linked, Way.REPLIES, share, either);
      case HALF_OPEN -> halfOpen(linked, share, either);
      case PAUSE_WORKER -> pause(worker, share);
      case KILL_WORKER -> kill(worker, share);
      case KILL_PRODUCER -> kill(producer, share);
      case KILL_REDIS -> killRedis(share);
    }
  }

  private static FaultyProxy linkOf(Member member) {
    if (member.link == null) {
      throw new IllegalStateException(member.name + " has no link");
    }
    return member.link;
  }

  private void cutAll(Member member) {
    disturbances.happened(member.name, Kind.CUT);
    linkOf(member).cut();
  }

  private void cutNext(Member member, Way way, double share, boolean orderly) {
    linkOf(member).cutNext(way, share, orderly, () -> disturbances.happened(member.name, Kind.CUT));
  }

  private void halfOpen(Member member, double share, boolean both) {
    long from = now();
    Set<Way> one = share < 0.5 ? Set.of(Way.REPLIES) : Set.of(Way.REQUESTS);
    linkOf(member).lose(both ? Set.of(Way.values()) : one);
    // Sometimes longer than the workers wait for an answer.
    repairAfter(
        share > 0.9 ? 20_000 : 300 + 5000 * share,
        () -> {
          linkOf(member).recover();
          disturbances.happened(member.name, Kind.HALF_OPEN, from);
        });
  }

  private void pause(Member worker, double share) {
    if (worker.isRunning()) {
      JavaProcess process = worker.process();
      long from = now();
      process.pause();
      repairAfter(
          ChaosTask.LEASE.toMillis() + 1500 * share,
          () -> {
            if (process.isAlive()) {
              process.resume();
            }
            disturbances.happened(worker.name, Kind.PAUSE, from);
          });
    }
  }

  private void kill(Member member, double share) {
    if (member.isRunning()) {
      member.kill();
      disturbances.happened(member.name, Kind.KILL);
      repairAfter(500 * share, member::start);
    }
  }

  private void killRedis(double share) {
    if (!redisIsDown) {
      long from = now();
      redis.kill();
      redisIsDown = true;
      repairAfter(
          1000 * share,
          () -> {
            redis.restart();
            redisIsDown = false;
            disturbances.happened(Disturbances.REDIS, Kind.KILL, from);
          });
    }
  }

  private void repairAfter(double millis, Runnable action) {
    repairs.add(new Repair(now() + (long) millis, action));
  }

  private static long now() {
    return System.currentTimeMillis();
  }

  /** Lets the producers end and the workers finish. */
  void drain() throws IOException {
    Files.createFile(folder.resolve(ChaosProducer.STOP));
    producers.forEach(
        producer -> {
          if (producer.process().exitCode() != 0) {
            throw new AssertionError(producer.name + " failed:\n" + producer.process().log());
          }
        });
    Polling.until(
        "nothing waits and nothing is claimed",
        () -> {
          readEvents();
          QueueStats stats = queue.stats();
          return stats.waiting() + stats.claimed() == 0;
        });
    readEvents();
  }

  /** As the monitor does; the server may be away. */
  private void readEvents() {
    try {
      TaskEvents more = queue.eventsAfter(eventsRead, 1000);
      if (more.gap()) {
        throw new AssertionError("events have been dropped unread");
      }
      events.addAll(more.events());
      eventsRead = events.isEmpty() ? eventsRead : events.get(events.size() - 1).position();
    } catch (QueueUnavailableException e) {
      return;
    }
  }

  /** All that is known after the end. */
  Evidence evidence() {
    List<Evidence.Handled> handled = new ArrayList<>();
    for (Member worker : workers) {
      handledBy(worker).forEach(line -> handled.add(Evidence.Handled.by(worker.name, line)));
    }
    List<String> reported =
        producers.stream()
            .flatMap(one -> Journal.read(one.folder.resolve(ChaosProducer.JOURNAL)).stream())
            .map(line -> line.get(0))
            .toList();
    return new Evidence(
        Set.copyOf(reported), handled, dead(), events, queue.stats(), disturbances, calmUntil);
  }

  private List<DeadTask> dead() {
    List<DeadTask> dead = new ArrayList<>();
    List<DeadTask> page = queue.dead(0, 1000);
    while (!page.isEmpty()) {
      dead.addAll(page);
      page = queue.dead(dead.size(), 1000);
    }
    return dead;
  }

  /** The queue's keys when the dead tasks have been discarded too, without the queue's prefix. */
  Set<String> keysWithoutTheDead() {
    dead().forEach(task -> queue.discard(task.claimId()));
    Set<String> names = new HashSet<>();
    TestKeys.of(redis.settings(), QUEUE)
        .forEach(key -> names.add(key.replace("{" + QUEUE + "}:", "")));
    return names;
  }

  /** Everything that the workers have logged. */
  String workersLog() throws IOException {
    StringBuilder all = new StringBuilder();
    for (Member worker : workers) {
      try (Stream<Path> files = Files.list(worker.folder)) {
        for (Path log : files.filter(file -> file.toString().endsWith(".log")).toList()) {
          all.append(Files.readString(log));
        }
      }
    }
    return all.toString();
  }

  @Override
  public void close() {
    members().forEach(Member::close);
    queue.close();
    redis.close();
  }
}
