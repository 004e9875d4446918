package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.delivery.Fallback;
import io.emailmonitor.monitor.delivery.QueueDelivery;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.FilterSettings;
import io.emailmonitor.monitor.filter.InlinePolicy;
import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.graph.Credentials;
import io.emailmonitor.monitor.graph.GraphMailSource;
import io.emailmonitor.monitor.graph.GraphSettings;
import io.emailmonitor.monitor.ledger.FollowUps;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.WaitingTasks;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.simulator.GraphSimulator;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** An intake with its ledger, which can be restarted, and a look at what came out of it. */
final class Station implements AutoCloseable {
  static final int MAX_SIZE = 1_000_000;

  final MutableClock clock;
  final MetricRegistry metrics = new MetricRegistry();
  final MailSource source;
  private final RedisTaskQueue queue;
  Delivery delivery;
  private final Ledger ledger;

  UnaryOperator<Journal> aroundJournal = UnaryOperator.identity();
  UnaryOperator<Delivery> aroundDelivery = UnaryOperator.identity();
  List<String> entries = List.of("contoso.example");
  List<String> folders = List.of("inbox");
  List<String> fileTypes = List.of(".pdf");
  PatternRules patterns = PatternRules.NONE;
  boolean typesByContent;
  Set<Format> opened = Set.of(Format.TNEF, Format.SMIME);
  long bytesInFlight = 20_000_000;
  Duration retention = Duration.ofDays(90);
  Duration pollInterval = Duration.ofHours(1);
  Slice slice = Slice.STANDARD;
  FollowUp followUp = FollowUp.NONE;
  private @Nullable Rounds rounds;
  private @Nullable WorkThreads threads;
  private @Nullable Sweeps sweeps;

  Station(MailSource source, RedisTaskQueue queue) {
    this(source, queue, new MutableClock());
  }

  Station(MailSource source, RedisTaskQueue queue, MutableClock clock) {
    this.clock = clock;
    this.ledger = Ledger.open("jdbc:h2:mem:" + UUID.randomUUID(), new MetricRegistry(), clock);
    this.source = source;
    this.queue = queue;
    this.delivery = new QueueDelivery(queue);
  }

  /** One that reads the simulator's mailboxes as it would read Graph's. */
  static Station before(GraphSimulator simulator, int pageSize, RedisTaskQueue queue) {
    return before(simulator, pageSize, queue, new MutableClock());
  }

  static Station before(
      GraphSimulator simulator, int pageSize, RedisTaskQueue queue, MutableClock clock) {
    GraphSettings settings =
        new GraphSettings(
            simulator.baseUri().toString(),
            "",
            new Credentials.StaticToken(simulator.token()),
            Duration.ofSeconds(30),
            pageSize,
            16);
    return new Station(new GraphMailSource(settings), queue, clock);
  }

  /** Runs one cycle as when nobody asked for it. */
  CycleReport cycle() {
    return turn(false).report();
  }

  CycleLoop.Turn turn(boolean asked) {
    try {
      return rounds().run(asked, new CycleRun());
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private Rounds rounds() {
    if (rounds == null) {
      IntakeSettings settings =
          new IntakeSettings(
              entries,
              folders,
              pollInterval,
              IntakeSettings.DEFAULT_MAILBOXES_AT_ONCE,
              bytesInFlight,
              MAX_SIZE,
              retention,
              new Reconciliation(Duration.ofDays(1), Duration.ofDays(7)),
              slice,
              followUp);
      FilterSettings wanted =
          new FilterSettings(
              fileTypes, typesByContent, MAX_SIZE, List.of(), InlinePolicy.AUTO, patterns, opened);
      threads = WorkThreads.start(settings.mailboxesAtOnce());
      Workshop shop =
          Workshop.equip(
              settings,
              source,
              new AttachmentFilter(wanted),
              aroundDelivery.apply(delivery),
              aroundJournal.apply(ledger.journal()),
              ledger.followUps(),
              clock,
              metrics,
              threads);
      rounds = new Rounds(settings, shop, ledger.history());
      sweeps = shop.sweeps();
    }
    return rounds;
  }

  /** As after the process has ended in whatever way: only ledger, mail and queue are left. */
  void restart() {
    if (threads != null) {
      threads.lanes().shutdownNow();
      threads.mailboxes().shutdownNow();
    }
    threads = null;
    rounds = null;
    aroundJournal = UnaryOperator.identity();
    aroundDelivery = UnaryOperator.identity();
  }

  /** Stores what the queue does not take because it is down, from now on. */
  Fallback fallBackTo(Path directory, long maxBytes, RedisTaskQueue to, Crash crash) {
    Fallback fallback =
        new Fallback(
            directory,
            maxBytes,
            crash.aroundQueue(to),
            to,
            crash.around(ledger.waitingTasks()),
            clock,
            new MetricRegistry());
    delivery = fallback.delivery();
    return fallback;
  }

  WaitingTasks waitingTasks() {
    return ledger.waitingTasks();
  }

  Sweeps sweeps() {
    return Objects.requireNonNull(sweeps);
  }

  Journal journal() {
    return ledger.journal();
  }

  History history() {
    return ledger.history();
  }

  FollowUps followUps() {
    return ledger.followUps();
  }

  MailRecord mail(String id) {
    return history().mail(id).orElseThrow(() -> new AssertionError("no record of " + id));
  }

  long counted(String metric) {
    return metrics.counter("intake." + metric).getCount();
  }

  /** Takes everything off the queue; the queue still knows that it was there. */
  List<DecodedTask> takeAll() {
    List<DecodedTask> tasks = new ArrayList<>();
    Optional<ClaimedTask> claimed = queue.claim();
    while (claimed.isPresent()) {
      try {
        tasks.add(TaskCodec.decode(claimed.get().payload()));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      assertThat(queue.acknowledge(claimed.get())).isTrue();
      claimed = queue.claim();
    }
    return tasks;
  }

  List<String> takeAttachmentIds() {
    return takeAll().stream().map(DecodedTask::task).map(AttachmentTask::attachmentId).toList();
  }

  @Override
  public void close() {
    restart();
    ledger.close();
  }
}
