package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * Random operations, each compared with {@link QueueModel}: what it answers and every key that it
 * leaves. Now and then the process dies at one of the places where an operation can be cut; then
 * the queue must be as before, as after, or as after one of its whole steps. The system properties
 * {@code model.seed} and {@code model.sequences} choose the first seed and how many.
 */
@Timeout(600)
class ProtocolModelTest {
  private static final long FIRST_SEED = Long.getLong("model.seed", 1);
  private static final int SEQUENCES = Integer.getInteger("model.sequences", 20);
  private static final int STEPS = 80;

  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  @Test
  void doesAllOfAStepOrNothing_whereverAProcessDies() {
    for (long seed = FIRST_SEED; seed < FIRST_SEED + SEQUENCES; seed++) {
      Sequence sequence = new Sequence(redis.server(), redis.settings().name() + seed, seed, null);
      sequence.run(STEPS);
      TestKeys.delete(redis.server(), redis.settings().name() + seed);
    }
  }

  @Test
  void keepsEveryStep_whenTheServerDies() {
    try (TestRedis server = TestRedis.startDurable()) {
      new Sequence(server.settings(), "q", FIRST_SEED, server).run(STEPS);
    }
  }

  /** One run; a seed always makes the same one. */
  private static final class Sequence {
    private static final Duration LEASE = Duration.ofMinutes(60);
    private static final int MAX_DELIVERIES = 2;
    private static final int MAX_WAITING = 6;
    private static final int HANDS = 5;
    private static final int MOST_PLACES_TO_DIE = 22;

    private final RedisSettings server;
    private final QueueKeys keys;
    private final String name;
    private final long seed;
    private final @Nullable TestRedis mortal;
    private final Random random;
    private final FaultyConnections connections;
    private final RedisTaskQueue queue;
    private Wire wire;

    /** What workers hold, in their opinion. */
    private final List<ClaimedTask> hands = new ArrayList<>();

    private final List<String> steps = new ArrayList<>();
    private int tasks;
    private boolean scriptsKnown;
    private long now;
    private QueueModel model = new QueueModel();

    Sequence(RedisSettings server, String name, long seed, @Nullable TestRedis mortal) {
      this.server = server;
      this.name = name;
      this.keys = new QueueKeys(name);
      this.seed = seed;
      this.mortal = mortal;
      random = new Random(seed);
      connections = new FaultyConnections(server);
      QueueSettings settings =
          QueueSettings.named(name).withLimits(MAX_WAITING, 0).withDelivery(LEASE, MAX_DELIVERIES);
      queue = new RedisTaskQueue(connections, settings);
      wire = connected();
    }

    /** For looking at the keys, and for what foreign programs do. */
    private Wire connected() {
      return new Wire(
          new Connection(
              StandaloneConnections.address(server), StandaloneConnections.clientConfig(server)));
    }

    void run(int count) {
      try {
        look();
        for (int i = 0; i < count; i++) {
          connections.dieAt(random.nextBoolean() ? 1 + random.nextInt(MOST_PLACES_TO_DIE) : 0);
          step();
        }
        connections.dieAt(0);
        finish();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError(
            "model.seed=%d, these steps lead to it:\n%s\n%s"
                .formatted(seed, String.join("\n", steps), e.getMessage()),
            e);
      }
    }

    private void step() {
      switch (random.nextInt(mortal == null ? 24 : 26)) {
        case 0, 1, 2, 3 -> enqueue();
        case 4, 5, 6, 7, 8 -> claim();
        case 9, 10 -> acknowledge();
        case 11, 12, 13 -> acknowledgeAndClaim();
        case 14 -> renew();
        case 15 -> retry();
        case 16 -> release();
        case 17 -> bury();
        case 18 -> redrive();
        case 19 -> removeDead();
        case 20 -> passTime(15 + random.nextInt(60));
        case 21 -> push();
        case 22 -> pop();
        case 23 -> seldom();
        default -> restart();
      }
    }

    private void seldom() {
      if (random.nextInt(3) == 0) {
        clear();
      } else {
        said("the server forgets its scripts");
        scriptsKnown = false;
        wire.call(Command.SCRIPT, "FLUSH");
      }
    }

    private void said(String step) {
      steps.add("  " + (steps.size() + 1) + " " + step);
    }

    private void enqueue() {
      List<String> ids = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        boolean known = tasks > 0 && random.nextInt(4) == 0;
        ids.add("t" + (known ? random.nextInt(tasks) : tasks++));
      }
      said("enqueue " + ids);
      List<EncodedTask> batch = ids.stream().map(Tasks::task).toList();
      allOrNothing(() -> queue.enqueue(batch), after -> after.enqueue(ids, MAX_WAITING));
    }

    private void acknowledge() {
      onHand(
          "acknowledge",
          queue::acknowledge,
          (after, task) -> after.acknowledge(List.of(task)).get(0));
    }

    private void renew() {
      onHand(
          "renew",
          task -> queue.renew(task, LEASE),
          (after, task) -> after.renew(task, leaseEnd()));
    }

    private void retry() {
      Duration delay = Duration.ofMinutes(20L * random.nextInt(3));
      onHand(
          "retry in " + delay,
          task -> queue.retryAfter(task, delay, "no disk"),
          (after, task) -> after.retry(task, now + delay.toMillis()));
    }

    private void release() {
      onHand("release", queue::release, (after, task) -> after.release(task, now));
    }

    private void bury() {
      onHand("bury", task -> queue.bury(task, "no PDF"), QueueModel::bury);
    }

    private interface Settling {
      boolean of(QueueModel model, ClaimedTask task);
    }

    private void onHand(String what, Function<ClaimedTask, Boolean> real, Settling modelled) {
      hand(what)
          .ifPresent(
              task -> allOrNothing(() -> real.apply(task), after -> modelled.of(after, task)));
    }

    /** One of the claims in hand; some are kept, as by a worker that was given up for dead. */
    private Optional<ClaimedTask> hand(String what) {
      if (hands.isEmpty()) {
        return Optional.empty();
      }
      int index = random.nextInt(hands.size());
      ClaimedTask task = hands.get(index);
      if (random.nextInt(4) > 0 || hands.size() > HANDS) {
        hands.remove(index);
      }
      said(what + " " + Tasks.id(task.payload()) + " delivery " + task.delivery());
      return Optional.of(task);
    }

    private void redrive() {
      dead("redrive")
          .ifPresent(
              task ->
                  allOrNothing(
                      () -> queue.redrive(claimIdOf(task)), after -> after.redrive(task, now)));
    }

    private void removeDead() {
      if (random.nextBoolean()) {
        dead("discard").ifPresent(this::discard);
      } else {
        dead("expire").ifPresent(this::expire);
      }
    }

    private void discard(String task) {
      allOrNothing(() -> queue.discard(claimIdOf(task)), after -> after.discard(task));
    }

    /** It alone is old: the others stay. */
    private void expire(String task) {
      Reply.list(wire.call(Command.ZRANGE, keys.dead, 0, -1))
          .forEach(id -> wire.call(Command.ZADD, keys.dead, now, id));
      long month = Duration.ofDays(30).toMillis();
      wire.call(Command.ZADD, keys.dead, now - month, claimIdOf(task));
      allOrNothing(() -> queue.expire(Duration.ofDays(29), 10) == 1, after -> after.expire(task));
    }

    private Optional<String> dead(String what) {
      Optional<String> task = model.dead.keySet().stream().skip(random.nextInt(3)).findFirst();
      task.ifPresent(id -> said(what + " " + id));
      return task;
    }

    private String claimIdOf(String deadTask) {
      QueueModel.Claim claim = model.dead.get(deadTask);
      return String.valueOf(claim == null ? null : claim.claimId());
    }

    private void clear() {
      said("clear");
      allOrNothing(queue::clear, QueueModel::clear);
    }

    private void push() {
      String id = "f" + tasks++;
      said("somebody pushes " + id);
      wire.call(Command.LPUSH, keys.list, Tasks.task(id).json());
      model.push(id);
      look("pushed", List.of(model));
    }

    private void pop() {
      said("somebody pops");
      Object popped = wire.call(Command.RPOP, keys.list);
      String expected = model.pop();
      assertThat(popped == null ? null : Tasks.id((byte[]) popped)).isEqualTo(expected);
      look("popped", List.of(model));
    }

    /** Moves all that is due towards now, which is the same thing and takes no time. */
    private void passTime(int minutes) {
      said(minutes + " min pass");
      long millis = Duration.ofMinutes(minutes).toMillis();
      Reply.list(wire.call(Command.ZRANGE, keys.due, 0, -1))
          .forEach(id -> wire.call(Command.ZINCRBY, keys.due, -millis, id));
      model.passTime(millis);
      look("passed", List.of(model));
    }

    private void restart() {
      said("the server dies and starts again");
      scriptsKnown = false;
      if (mortal != null) {
        mortal.restart();
        connections.dropIdle();
        wire = connected();
      }
      look("restarted", List.of(model));
    }

    /** An operation of one step: done or not, and if we learn which, it is as the model says. */
    private <T> void allOrNothing(Supplier<T> operation, Function<QueueModel, T> modelled) {
      QueueModel after = model.copy();
      T expected = modelled.apply(after);
      Optional<T> answer = attempt(operation);
      answer.ifPresent(given -> assertThat(given).isEqualTo(expected));
      look("" + answer, answer.isPresent() ? List.of(after) : List.of(model, after));
    }

    private void claim() {
      if (hands.size() <= HANDS) {
        TaskSource.Room room = room();
        said("claim " + room.tasks());
        allOrNothing(() -> received(queue.claim(room)), after -> claimIn(after, room));
      }
    }

    private TaskSource.Room room() {
      return new TaskSource.Room(1 + random.nextInt(4), Integer.MAX_VALUE, true);
    }

    private List<QueueModel.Delivery> claimIn(QueueModel state, TaskSource.Room room) {
      return state.claim(room.tasks(), now, leaseEnd(), MAX_DELIVERIES);
    }

    private List<QueueModel.Delivery> received(TaskSource.Claim claim) {
      hands.addAll(claim.tasks());
      return claim.tasks().stream().map(Sequence::delivery).toList();
    }

    /** What a turn answers, and what there is after it. */
    private record End(
        List<Boolean> acknowledged, List<QueueModel.Delivery> next, QueueModel state) {}

    private void acknowledgeAndClaim() {
      List<ClaimedTask> done = new ArrayList<>();
      for (int i = random.nextInt(3); i >= 0; i--) {
        hand("acknowledge along with the next step").ifPresent(done::add);
      }
      TaskSource.Room room = room();
      if (done.isEmpty()) {
        return;
      }
      said("and claim " + room.tasks());
      List<QueueModel> unknown = new ArrayList<>(List.of(model));
      List<End> ends = new ArrayList<>();
      QueueModel acknowledged = model.copy();
      List<Boolean> ours = acknowledged.acknowledge(done);
      unknown.add(acknowledged);
      QueueModel whole = acknowledged.copy();
      ends.add(new End(ours, claimIn(whole, room), whole));
      if (!scriptsKnown) {
        // The one that acknowledges is sent again, after the claim.
        QueueModel claimed = model.copy();
        List<QueueModel.Delivery> next = claimIn(claimed, room);
        unknown.add(claimed);
        QueueModel late = claimed.copy();
        ends.add(new End(late.acknowledge(done), next, late));
      }
      Optional<TaskSource.Turn> answer = attempt(() -> queue.acknowledgeAndClaim(done, room));
      if (answer.isEmpty()) {
        ends.forEach(end -> unknown.add(end.state()));
        look("none", unknown);
      } else if (connections.struck()) {
        assertThat(answer.get()).isEqualTo(new TaskSource.Turn(ours, TaskSource.Claim.NOTHING));
        look("" + answer, List.of(acknowledged, whole));
      } else {
        List<QueueModel.Delivery> next = received(answer.get().next());
        List<QueueModel> fitting =
            ends.stream()
                .filter(end -> end.acknowledged().equals(answer.get().acknowledged()))
                .filter(end -> end.next().equals(next))
                .map(End::state)
                .toList();
        look(answer.get().acknowledged() + " and " + next, fitting);
        scriptsKnown = true;
      }
    }

    private static QueueModel.Delivery delivery(ClaimedTask task) {
      return new QueueModel.Delivery(Tasks.id(task.payload()), task.delivery(), task.attempt());
    }

    private long leaseEnd() {
      return now + LEASE.toMillis();
    }

    /** Empty if the process died in it. */
    private <T> Optional<T> attempt(Supplier<T> operation) {
      try {
        return Optional.of(operation.get());
      } catch (QueueUnavailableException e) {
        assertThat(connections.struck()).as(e.getMessage()).isTrue();
        return Optional.empty();
      }
    }

    /** Takes what is there for the truth, if it is one of what is allowed. */
    private void look(String answer, List<QueueModel> allowed) {
      boolean died = connections.struck();
      steps.set(steps.size() - 1, steps.get(steps.size() - 1) + (died ? ", dies" : ""));
      QueueModel found = look();
      List<String> words = new ArrayList<>();
      for (QueueModel one : allowed) {
        words.add(one.named(found).describe(now));
      }
      assertThat(words).as("allowed after answer %s", answer).contains(found.describe(now));
      model = found;
      connections.dieAt(0);
    }

    private QueueModel look() {
      wire.send(Command.TIME);
      wire.send(Command.LRANGE, keys.list, 0, -1);
      wire.send(Command.ZRANGE, keys.due, 0, -1, "WITHSCORES");
      wire.send(Command.ZRANGE, keys.dead, 0, -1, "WITHSCORES");
      wire.send(Command.HGETALL, keys.deliveries);
      wire.send(Command.HGETALL, keys.uncounted);
      wire.send(Command.HGETALL, keys.reasons);
      wire.send(Command.HGETALL, keys.stats);
      wire.send(Command.XLEN, keys.events);
      wire.send(Command.KEYS, "{" + name + "}:*");
      List<Object> replies = wire.receive(10);
      QueueModel found = new QueueModel();
      List<?> time = Reply.list(replies.get(0));
      now = Reply.number(time.get(0)) * 1000 + Reply.number(time.get(1)) / 1000;
      Reply.list(replies.get(1)).forEach(item -> found.waiting.add(0, Tasks.id((byte[]) item)));
      Map<String, String> due = pairs(replies.get(2));
      Map<String, String> dead = pairs(replies.get(3));
      Map<String, String> deliveries = pairs(replies.get(4));
      Map<String, String> uncounted = pairs(replies.get(5));
      Set<String> known = new TreeSet<>(due.keySet());
      known.addAll(dead.keySet());
      assertThat(deliveries.keySet()).as("ids that have a delivery number").isEqualTo(known);
      assertThat(known).as("ids").containsAll(uncounted.keySet());
      assertThat(known).as("ids").containsAll(pairs(replies.get(6)).keySet());
      known.forEach(id -> wire.send(Command.LINDEX, keys.job(id), 0));
      List<Object> payloads = wire.receive(known.size());
      for (String id : known) {
        Object payload = payloads.remove(0);
        long when = due.containsKey(id) ? (long) Double.parseDouble(due.get(id)) : 0;
        int delivery = Integer.parseInt(deliveries.get(id));
        int free = Integer.parseInt(uncounted.getOrDefault(id, "0"));
        QueueModel.Claim claim = new QueueModel.Claim(id, delivery, free, when);
        assertThat(payload).as("payload of " + id).isNotNull();
        (dead.containsKey(id) ? found.dead : found.claimed).put(Tasks.id((byte[]) payload), claim);
      }
      pairs(replies.get(7)).forEach((total, n) -> found.totals.put(total, Long.parseLong(n)));
      lookAtKeys(Reply.list(replies.get(9)), found);
      assertThat(Reply.number(replies.get(8))).as("events").isEqualTo(settlements(found));
      return found;
    }

    private void lookAtKeys(List<?> names, QueueModel found) {
      Set<String> jobs = new TreeSet<>();
      for (Object key : names) {
        String rest = Reply.text(key).substring("{}:".length() + name.length());
        if (rest.startsWith("seen:")) {
          found.seen.add(rest.substring("seen:".length()));
        } else if (rest.startsWith("job:")) {
          jobs.add(rest.substring("job:".length()));
        }
      }
      Set<String> claims = new TreeSet<>();
      found.claimed.values().forEach(claim -> claims.add(String.valueOf(claim.claimId())));
      found.dead.values().forEach(claim -> claims.add(String.valueOf(claim.claimId())));
      assertThat(jobs).as("payloads").isEqualTo(claims);
    }

    private static long settlements(QueueModel found) {
      return Stream.of("acknowledged", "retried", "buried", "exhausted", "discarded", "expired")
          .mapToLong(total -> found.totals.getOrDefault(total, 0L))
          .sum();
    }

    private static Map<String, String> pairs(Object reply) {
      Map<String, String> pairs = new HashMap<>();
      List<?> flat = Reply.list(reply);
      for (int i = 0; i < flat.size(); i += 2) {
        pairs.put(Reply.text(flat.get(i)), Reply.text(flat.get(i + 1)));
      }
      return pairs;
    }

    /** When all work has been done, nothing is left that nobody needs. */
    private void finish() {
      while (!model.waiting.isEmpty() || !model.claimed.isEmpty()) {
        passTime(120);
        hands.clear();
        claim();
        hands.forEach(
            task -> {
              said("acknowledge " + Tasks.id(task.payload()));
              allOrNothing(
                  () -> queue.acknowledge(task), after -> after.acknowledge(List.of(task)).get(0));
            });
      }
      for (String task : List.copyOf(model.dead.keySet())) {
        said("discard " + task);
        discard(task);
      }
      Set<String> left = TestKeys.of(server, name);
      String prefix = "{" + name + "}:";
      left.removeIf(key -> key.startsWith(prefix + "seen:"));
      assertThat(left).isSubsetOf(prefix + "stats", prefix + "events", prefix + "bell");
    }
  }
}
