package io.emailmonitor.queue;

import static io.emailmonitor.queue.EnqueueResult.ALREADY_ENQUEUED;
import static io.emailmonitor.queue.EnqueueResult.ENQUEUED;
import static io.emailmonitor.queue.EnqueueResult.QUEUE_FULL;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.queue.TaskSource.Room;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every queue promises to producers, workers and operators. */
abstract class TaskQueueContract {
  private static final Duration LONG = Duration.ofMinutes(10);

  private TaskProducer producer;
  private TaskSource source;
  private QueueInspector inspector;

  /** Opens the test's queue, again with other settings for another process of the same queue. */
  abstract Opened open(QueueSettings settings);

  /** Lets leases and delays of at most 50 ms run out. */
  abstract void outlast();

  abstract QueueSettings settings();

  record Opened(TaskProducer producer, TaskSource source, QueueInspector inspector) {}

  @BeforeEach
  void openQueue() {
    use(open(settings().withDelivery(LONG, 3)));
  }

  private void use(Opened opened) {
    producer = opened.producer();
    source = opened.source();
    inspector = opened.inspector();
  }

  private TaskSource impatient() {
    return open(settings().withDelivery(Duration.ofMillis(1), 3)).source();
  }

  private ClaimedTask claimed(TaskSource from) {
    return from.claim().orElseThrow();
  }

  private List<String> claimAll() {
    List<String> ids = new ArrayList<>();
    for (Optional<ClaimedTask> next = source.claim(); next.isPresent(); next = source.claim()) {
      ids.add(Tasks.id(next.get().payload()));
    }
    return ids;
  }

  @Test
  void handsOutTasks_inTheirOrder() {
    producer.enqueue(Tasks.tasks("a", 3));
    producer.enqueue(Tasks.tasks("b", 2));

    assertThat(claimAll()).containsExactly("a0", "a1", "a2", "b0", "b1");
  }

  @Test
  void handsOutTheBytes_asTheyCame() {
    EncodedTask task = Tasks.task("a");
    producer.enqueue(List.of(task));

    ClaimedTask claimed = claimed(source);

    assertThat(claimed.payload()).isEqualTo(task.json());
    assertThat(claimed.delivery()).isEqualTo(1);
    assertThat(claimed.attempt()).isEqualTo(1);
  }

  @Test
  void hasNothing_whenEmpty() {
    assertThat(source.claim()).isEmpty();
    assertThat(producer.enqueue(List.of())).isEmpty();
  }

  @Test
  void takesATaskOnce_howeverOftenItIsHandedIn() {
    List<EncodedTask> tasks = Tasks.tasks("a", 2);

    assertThat(producer.enqueue(List.of(tasks.get(0), tasks.get(0))))
        .containsExactly(ENQUEUED, ALREADY_ENQUEUED);
    assertThat(producer.enqueue(tasks)).containsExactly(ALREADY_ENQUEUED, ENQUEUED);
    assertThat(claimAll()).containsExactly("a0", "a1");
    assertThat(producer.enqueue(tasks)).containsExactly(ALREADY_ENQUEUED, ALREADY_ENQUEUED);
  }

  @Test
  void takesWhatFits_whenNearlyFull() {
    use(open(settings().withLimits(2, 0)));

    assertThat(producer.enqueue(Tasks.tasks("a", 3)))
        .containsExactly(ENQUEUED, ENQUEUED, QUEUE_FULL);
    assertThat(producer.enqueue(Tasks.tasks("a", 3)))
        .containsExactly(ALREADY_ENQUEUED, ALREADY_ENQUEUED, QUEUE_FULL);
    claimed(source);
    assertThat(producer.enqueue(Tasks.tasks("a", 3)))
        .containsExactly(ALREADY_ENQUEUED, ALREADY_ENQUEUED, ENQUEUED);
  }

  @Test
  void boundsBytes_butTakesOneTask_whenEmpty() {
    int size = 100_000;
    use(open(settings().withLimits(1000, 3L * size)));

    assertThat(producer.enqueue(List.of(Tasks.task("huge", new byte[10 * size]))))
        .containsExactly(ENQUEUED);
    assertThat(producer.enqueue(List.of(Tasks.task("small")))).containsExactly(QUEUE_FULL);
    claimed(source);
    assertThat(
            producer.enqueue(
                List.of(
                    Tasks.task("a", new byte[size]),
                    Tasks.task("b", new byte[size]),
                    Tasks.task("c", new byte[size]))))
        .containsExactly(ENQUEUED, ENQUEUED, QUEUE_FULL);
  }

  @Test
  void forgetsATask_whenAcknowledged() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask task = claimed(impatient());

    assertThat(source.acknowledge(task)).isTrue();

    outlast();
    assertThat(source.claim()).isEmpty();
    assertThat(source.acknowledge(task)).isFalse();
  }

  @Test
  void handsATaskOutAgain_whenItsLeaseRanOut() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask lost = claimed(impatient());
    outlast();

    ClaimedTask again = claimed(source);

    assertThat(again.claimId()).isEqualTo(lost.claimId());
    assertThat(again.delivery()).isEqualTo(2);
    assertThat(again.attempt()).isEqualTo(2);
    assertThat(again.payload()).isEqualTo(lost.payload());
  }

  @Test
  void refusesTheOldHolder_whenTheTaskIsInOtherHands() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask lost = claimed(impatient());
    outlast();
    ClaimedTask other = claimed(source);

    assertThat(source.acknowledge(lost)).isFalse();
    assertThat(source.renew(lost, LONG)).isFalse();
    assertThat(source.retryAfter(lost, Duration.ZERO, "late")).isFalse();
    assertThat(source.release(lost)).isFalse();
    assertThat(source.bury(lost, "late")).isFalse();
    assertThat(source.acknowledgeAndClaim(List.of(lost), Room.ANY_ONE).acknowledged())
        .containsExactly(false);

    assertThat(source.acknowledge(other)).isTrue();
    assertThat(inspector.stats().dead()).isZero();
  }

  @Test
  void keepsATask_whenItsLeaseIsRenewed_evenLate() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask task = claimed(impatient());
    outlast();

    assertThat(source.renew(task, LONG)).isTrue();
    assertThat(source.claim()).isEmpty();
  }

  @Test
  void holdsARetryBack_untilItsDelayIsOver() {
    producer.enqueue(Tasks.tasks("a", 1));

    assertThat(source.retryAfter(claimed(source), LONG, "no disk")).isTrue();

    assertThat(source.claim()).isEmpty();
    assertThat(inspector.stats().claimed()).isEqualTo(1);
  }

  @Test
  void countsRetries_butNotReleases() {
    producer.enqueue(Tasks.tasks("a", 1));
    source.retryAfter(claimed(source), Duration.ZERO, "no disk");
    for (int i = 0; i < 5; i++) {
      ClaimedTask released = claimed(source);
      assertThat(released.attempt()).isEqualTo(2);
      assertThat(released.delivery()).isEqualTo(2 + i);
      source.release(released);
    }

    assertThat(claimed(source).attempt()).isEqualTo(2);
  }

  @Test
  void handsAReleasedTaskOut_beforeThoseThatWait() {
    producer.enqueue(Tasks.tasks("a", 2));
    source.release(claimed(source));

    assertThat(claimAll()).containsExactly("a0", "a1");
  }

  @Test
  void givesUp_whenATaskWasHandedOutTooOften() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask last = claimed(source);
    for (int i = 0; i < 2; i++) {
      source.retryAfter(last, Duration.ZERO, "no disk");
      last = claimed(source);
    }
    source.retryAfter(last, Duration.ZERO, "no disk");

    assertThat(source.claim()).isEmpty();
    assertThat(inspector.dead(0, 10))
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.deliveries()).isEqualTo(3);
              assertThat(dead.reason()).contains("3 times").contains("no disk");
              assertThat(dead.task().facts()).containsEntry("task_id", "a0");
            });
    assertThat(source.acknowledge(last)).isFalse();
  }

  @Test
  void givesUpAndSaysSo_whenEveryWorkerCrashedOnATask() {
    producer.enqueue(Tasks.tasks("poison", 1));
    TaskSource crashing = impatient();
    for (int i = 0; i < 3; i++) {
      claimed(crashing);
      outlast();
    }

    assertThat(source.claim()).isEmpty();
    assertThat(inspector.dead(0, 10).get(0).reason()).contains("3 times").contains("crashed");
  }

  @Test
  void setsATaskAside_whenBuried() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask task = claimed(source);

    assertThat(source.bury(task, "not a PDF")).isTrue();

    assertThat(source.claim()).isEmpty();
    assertThat(source.acknowledge(task)).isFalse();
    assertThat(inspector.dead(0, 10))
        .singleElement()
        .satisfies(
            dead -> {
              assertThat(dead.claimId()).isEqualTo(task.claimId());
              assertThat(dead.deliveries()).isEqualTo(1);
              assertThat(dead.reason()).isEqualTo("not a PDF");
              assertThat(dead.task().bytes()).isEqualTo(task.payload().length);
            });
  }

  @Test
  void startsOverWithADeadTask_whenRedriven() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask buried = claimed(source);
    source.bury(buried, "not a PDF");

    assertThat(inspector.redrive(buried.claimId())).isTrue();

    assertThat(inspector.dead(0, 10)).isEmpty();
    ClaimedTask again = claimed(source);
    assertThat(again.attempt()).isEqualTo(1);
    assertThat(again.delivery()).isEqualTo(2);
    assertThat(again.payload()).isEqualTo(buried.payload());
    assertThat(source.acknowledge(buried)).isFalse();
    assertThat(source.acknowledge(again)).isTrue();
    assertThat(inspector.redrive(buried.claimId())).isFalse();
  }

  @Test
  void putsBackOnTheList_whatIsDeadOrClaimedByNobodyAnyMore() {
    producer.enqueue(Tasks.tasks("a", 4));
    ClaimedTask held = claimed(source);
    ClaimedTask dead = claimed(source);
    ClaimedTask due = claimed(source);
    source.bury(dead, "not a PDF");
    source.retryAfter(due, Duration.ZERO, "no disk");
    outlast();

    assertThat(inspector.drain()).isEqualTo(2);

    QueueStats stats = inspector.stats();
    assertThat(stats.waiting()).isEqualTo(3);
    assertThat(stats.claimed()).isEqualTo(1);
    assertThat(stats.dead()).isZero();
    assertThat(stats.totals()).containsEntry("drained", 2L);
    assertThat(source.acknowledge(dead)).isFalse();
    assertThat(source.acknowledge(due)).isFalse();
    assertThat(source.acknowledge(held)).isTrue();
    ClaimedTask again = claimed(source);
    assertThat(Tasks.id(again.payload())).isIn("a1", "a2");
    assertThat(again.delivery()).isEqualTo(1);
    assertThat(inspector.drain()).isZero();
  }

  @Test
  void removesADeadTask_whenDiscarded() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask buried = claimed(source);
    source.bury(buried, "not a PDF");

    assertThat(inspector.discard(buried.claimId())).isTrue();

    assertThat(inspector.discard(buried.claimId())).isFalse();
    assertThat(inspector.redrive(buried.claimId())).isFalse();
    assertThat(source.claim()).isEmpty();
    assertThat(lastEvent("discarded")).isEqualTo(List.of(buried.claimId(), "a0", 1, "not a PDF"));
  }

  @Test
  void removesDeadTasks_whenTheyAreOld() {
    producer.enqueue(Tasks.tasks("a", 3));
    ClaimedTask first = claimed(source);
    source.bury(first, "not a PDF");
    ClaimedTask second = claimed(source);
    source.bury(second, "not a PDF either");
    ClaimedTask redriven = claimed(source);
    source.bury(redriven, "no disk");
    inspector.redrive(redriven.claimId());

    assertThat(inspector.expire(LONG, 10)).isZero();
    assertThat(inspector.expire(Duration.ZERO, 1)).isEqualTo(1);

    assertThat(inspector.dead(0, 10)).extracting(DeadTask::claimId).hasSize(1);
    assertThat(inspector.expire(Duration.ZERO, 10)).isEqualTo(1);
    assertThat(inspector.dead(0, 10)).isEmpty();
    assertThat(inspector.redrive(first.claimId())).isFalse();
    assertThat(inspector.stats().totals()).containsEntry("expired", 2L);
    assertThat(lastEvent("expired"))
        .isIn(
            List.of(first.claimId(), "a0", 1, "not a PDF"),
            List.of(second.claimId(), "a1", 1, "not a PDF either"));
    assertThat(Tasks.id(claimed(source).payload())).isEqualTo("a2");
  }

  private List<Object> lastEvent(String outcome) {
    List<TaskEvent> events = inspector.eventsAfter(TaskEvents.BEGINNING, 100).events();
    TaskEvent last = events.get(events.size() - 1);
    assertThat(last.outcome()).isEqualTo(outcome);
    return List.of(
        last.claimId(),
        String.valueOf(last.taskId()),
        last.attempt(),
        String.valueOf(last.reason()));
  }

  @Test
  void listsDeadTasks_pageByPage() {
    producer.enqueue(Tasks.tasks("a", 5));
    for (int i = 0; i < 5; i++) {
      source.bury(claimed(source), "reason " + i);
    }

    List<DeadTask> all = inspector.dead(0, 10);
    assertThat(all).hasSize(5);
    assertThat(inspector.dead(0, 2)).isEqualTo(all.subList(0, 2));
    assertThat(inspector.dead(2, 2)).isEqualTo(all.subList(2, 4));
    assertThat(inspector.dead(4, 2)).isEqualTo(all.subList(4, 5));
    assertThat(inspector.dead(5, 2)).isEmpty();
  }

  @Test
  void acknowledgesAndClaims_inOneGo() {
    producer.enqueue(Tasks.tasks("a", 5));
    List<ClaimedTask> first = source.claim(new Room(2, 1_000_000, true)).tasks();
    source.bury(first.get(0), "not a PDF");

    TaskSource.Turn turn = source.acknowledgeAndClaim(first, new Room(3, 1_000_000, true));

    assertThat(turn.acknowledged()).containsExactly(false, true);
    assertThat(ids(turn.next())).containsExactly("a2", "a3", "a4");
    TaskSource.Turn last = source.acknowledgeAndClaim(turn.next().tasks(), Room.ANY_ONE);
    assertThat(last.acknowledged()).containsExactly(true, true, true);
    assertThat(last.next()).isEqualTo(TaskSource.Claim.NOTHING);
    assertThat(inspector.stats().claimed()).isZero();
  }

  @Test
  void claimsNoMoreBytes_thanThereIsRoomFor() {
    int roomForTwo = 12_000;
    producer.enqueue(List.of(sized("a", 3000), sized("b", 3000), sized("c", 3000), sized("d", 30)));

    assertThat(ids(source.claim(new Room(4, roomForTwo, true)))).containsExactly("a", "b");
    assertThat(ids(source.claim(new Room(4, roomForTwo, false)))).containsExactly("c", "d");
  }

  @Test
  void leavesATaskWhereItIs_whenThereIsNoRoomForIt_andTellsItsSize() {
    producer.enqueue(List.of(sized("large", 30_000), sized("small", 30)));

    TaskSource.Claim none = source.claim(new Room(2, 5000, false));

    assertThat(none.tasks()).isEmpty();
    assertThat(none.tooLarge()).isBetween(40_000L, 60_000L);
    assertThat(inspector.stats().waiting()).isEqualTo(2);
    assertThat(inspector.stats().claimed()).isZero();
    assertThat(ids(source.claim(new Room(2, 5000, true)))).containsExactly("large");
    assertThat(ids(source.claim(new Room(2, 5000, false)))).containsExactly("small");
  }

  @Test
  void countsNoDelivery_whenThereIsNoRoomForATaskThatIsDue() {
    producer.enqueue(List.of(sized("large", 30_000), sized("small", 30)));
    source.retryAfter(claimed(source), Duration.ZERO, "no disk");

    assertThat(source.claim(new Room(2, 5000, false)).tooLarge()).isGreaterThan(40_000L);
    assertThat(claimed(source).delivery()).isEqualTo(2);
  }

  private static EncodedTask sized(String id, int bytes) {
    return Tasks.task(id, new byte[bytes]);
  }

  private static List<String> ids(TaskSource.Claim claim) {
    return claim.tasks().stream().map(task -> Tasks.id(task.payload())).toList();
  }

  @Test
  void showsWhatIsNext_withoutTakingIt() {
    producer.enqueue(Tasks.tasks("a", 3));

    List<QueuedTask> next = inspector.peek(2);

    assertThat(next).extracting(task -> task.facts().get("task_id")).containsExactly("a0", "a1");
    assertThat(next.get(0).bytes()).isEqualTo(Tasks.task("a0").json().length);
    assertThat(next.get(0).facts()).doesNotContainKey("attachment_content_b64");
    assertThat(inspector.peek(10)).hasSize(3);
    assertThat(inspector.peek(0)).isEmpty();
    assertThat(claimAll()).containsExactly("a0", "a1", "a2");
  }

  @Test
  void countsWhatItHolds_andWhatPassed() {
    producer.enqueue(Tasks.tasks("a", 6));
    source.acknowledge(claimed(source));
    source.bury(claimed(source), "not a PDF");
    source.retryAfter(claimed(source), LONG, "no disk");
    source.release(claimed(source));

    QueueStats stats = inspector.stats();

    assertThat(stats.waiting()).isEqualTo(2);
    assertThat(stats.claimed()).isEqualTo(2);
    assertThat(stats.dead()).isEqualTo(1);
    assertThat(stats.waitingBytes())
        .isBetween(2L * Tasks.task("a0").json().length, 10L * Tasks.task("a0").json().length);
    assertThat(stats.oldestCreatedAt()).isEqualTo(Tasks.CREATED);
    assertThat(stats.totals())
        .containsAllEntriesOf(
            Map.of("enqueued", 6L, "acknowledged", 1L, "buried", 1L, "retried", 1L))
        .containsEntry("released", 1L);
  }

  @Test
  void tellsWhatBecameOfEachTask() {
    producer.enqueue(Tasks.tasks("a", 3));
    Work work = new Work("a0", "host:1", Duration.ofMillis(42));
    ClaimedTask done = claimed(source);
    source.acknowledge(done.with(work));
    ClaimedTask retried = claimed(source);
    source.retryAfter(retried.with(work), LONG, "no disk");
    ClaimedTask buried = claimed(source);
    source.renew(buried, LONG);
    source.bury(buried, "not a PDF");

    TaskEvents all = inspector.eventsAfter(TaskEvents.BEGINNING, 10);

    assertThat(all.gap()).isFalse();
    assertThat(all.events())
        .extracting(TaskEvent::outcome)
        .containsExactly("done", "retried", "buried");
    TaskEvent first = all.events().get(0);
    assertThat(first)
        .isEqualTo(
            new TaskEvent(
                first.position(),
                first.at(),
                "done",
                done.claimId(),
                1,
                "a0",
                "host:1",
                Duration.ofMillis(42),
                null));
    assertThat(all.events().get(1).reason()).isEqualTo("no disk");
    assertThat(all.events().get(2).reason()).isEqualTo("not a PDF");
    assertThat(all.events().get(2).taskId()).isNull();
    TaskEvents later = inspector.eventsAfter(first.position(), 1);
    assertThat(later.events()).containsExactly(all.events().get(1));
    assertThat(later.gap()).isFalse();
    assertThat(inspector.eventsAfter(all.events().get(2).position(), 5).events()).isEmpty();
  }

  @Test
  void tellsNothing_ofSettlementsThatWereRefusedOrMeanNothing() {
    producer.enqueue(Tasks.tasks("a", 1));
    ClaimedTask lost = claimed(impatient());
    outlast();
    ClaimedTask other = claimed(source);
    source.acknowledge(lost);
    source.bury(lost, "late");
    source.retryAfter(lost, Duration.ZERO, "late");
    source.release(other);

    assertThat(inspector.eventsAfter(TaskEvents.BEGINNING, 10).events()).isEmpty();
  }

  @Test
  void tellsOfATask_thatNobodyLivedToSettle() {
    producer.enqueue(Tasks.tasks("poison", 1));
    TaskSource crashing = impatient();
    for (int i = 0; i < 3; i++) {
      claimed(crashing);
      outlast();
    }

    assertThat(source.claim()).isEmpty();

    assertThat(inspector.eventsAfter(TaskEvents.BEGINNING, 10).events())
        .singleElement()
        .satisfies(
            event -> {
              assertThat(event.outcome()).isEqualTo("exhausted");
              assertThat(event.taskId()).isEqualTo("poison0");
              assertThat(event.attempt()).isEqualTo(3);
              assertThat(event.reason()).contains("3 times");
              assertThat(event.worker()).isNull();
            });
  }

  @Test
  void throwsAwayWhatWaits_whenCleared() {
    List<EncodedTask> tasks = Tasks.tasks("a", 3);
    producer.enqueue(tasks);
    ClaimedTask held = claimed(source);

    assertThat(inspector.clear()).isEqualTo(2);

    assertThat(inspector.stats().waiting()).isZero();
    assertThat(inspector.stats().oldestCreatedAt()).isNull();
    assertThat(source.acknowledge(held)).isTrue();
    assertThat(producer.enqueue(tasks)).containsOnly(ALREADY_ENQUEUED);
    assertThat(inspector.clear()).isZero();
  }

  @Test
  void throwsAwayOnlyWhatTheCallerExpects() {
    producer.enqueue(Tasks.tasks("a", 2));

    assertThat(inspector.clearIf(1)).isFalse();
    assertThat(inspector.clearIf(3)).isFalse();
    assertThat(inspector.stats().waiting()).isEqualTo(2);
    assertThat(inspector.clearIf(2)).isTrue();
    assertThat(inspector.stats().waiting()).isZero();
    assertThat(inspector.clearIf(0)).isTrue();
  }

  @Test
  void takesATaskOnceMore_whenItIsForgotten() {
    List<EncodedTask> tasks = Tasks.tasks("a", 1);
    String taskId = tasks.get(0).task().taskId();
    producer.enqueue(tasks);
    assertThat(source.acknowledge(claimed(source))).isTrue();
    assertThat(producer.enqueue(tasks)).containsExactly(ALREADY_ENQUEUED);

    assertThat(inspector.forget(taskId)).isTrue();
    assertThat(inspector.forget(taskId)).isFalse();

    assertThat(producer.enqueue(tasks)).containsExactly(ENQUEUED);
    assertThat(producer.enqueue(tasks)).containsExactly(ALREADY_ENQUEUED);
    assertThat(source.acknowledge(claimed(source))).isTrue();
  }

  @Test
  void showsWhoIsAlive_andWhatTheyHold() {
    WorkerPresence.Holding holding =
        new WorkerPresence.Holding("claim-1", "a0", 2, Duration.ofSeconds(3));
    source.announce(new WorkerPresence("host:2", Duration.ofHours(1), 4, 1, List.of(holding)));
    source.announce(new WorkerPresence("host:1", Duration.ofHours(1), 2, 0, List.of()));

    List<WorkerPresence> workers = inspector.workers();

    assertThat(workers).extracting(WorkerPresence::name).containsExactly("host:1", "host:2");
    assertThat(workers.get(1).concurrency()).isEqualTo(4);
    assertThat(workers.get(1).uptime()).isEqualTo(Duration.ofHours(1));
    assertThat(workers.get(1).holdings()).containsExactly(holding);

    source.announce(new WorkerPresence("host:2", Duration.ofHours(2), 4, 0, List.of()));
    source.leave("host:1");
    assertThat(inspector.workers())
        .singleElement()
        .satisfies(worker -> assertThat(worker.held()).isZero());
  }
}
