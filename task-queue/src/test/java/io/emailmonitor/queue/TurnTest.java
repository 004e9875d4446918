package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Acknowledging and claiming in one round trip, where it does not go as usual. */
class TurnTest {
  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  @Test
  void leavesTheListAlone_whenAnotherTaskIsDue() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 4));
    ClaimedTask first = queue.claim().orElseThrow();
    queue.release(queue.claim().orElseThrow());

    TaskSource.Turn turn = queue.acknowledgeAndClaim(first);

    assertThat(turn.acknowledged()).isTrue();
    assertThat(turn.next().map(task -> Tasks.id(task.payload()))).contains("a1");
    assertThat(turn.next().map(ClaimedTask::delivery)).contains(2);
    assertThat(queue.stats().waiting()).isEqualTo(2);
    assertThat(claimsIn()).isEqualTo(1);
  }

  @Test
  void leavesNoLease_whenTheListHasRunDry() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 1));

    TaskSource.Turn turn = queue.acknowledgeAndClaim(queue.claim().orElseThrow());

    assertThat(turn.acknowledged()).isTrue();
    assertThat(turn.next()).isEmpty();
    assertThat(claimsIn()).isZero();
  }

  @Test
  void goesOn_whenTheServerForgotTheScripts() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 6));
    Optional<ClaimedTask> next = queue.claim();
    int acknowledged = 0;
    while (next.isPresent()) {
      wire().call(Command.SCRIPT, "FLUSH");
      TaskSource.Turn turn = queue.acknowledgeAndClaim(next.get());
      acknowledged += turn.acknowledged() ? 1 : 0;
      next = turn.next();
    }

    assertThat(acknowledged).isEqualTo(6);
    assertThat(claimsIn()).isZero();
  }

  @Test
  void leasesByTheServersClock() {
    Duration lease = Duration.ofMinutes(7);
    RedisTaskQueue queue = redis.open(redis.settings().withDelivery(lease, 3));
    queue.enqueue(Tasks.tasks("a", 3));
    ClaimedTask next = queue.acknowledgeAndClaim(queue.claim().orElseThrow()).next().orElseThrow();

    Wire wire = wire();
    QueueKeys keys = new QueueKeys(redis.settings().name());
    long now = Reply.number(Reply.list(wire.call(Command.TIME)).get(0)) * 1000;
    long end =
        Reply.number(
            wire.call(new CommandArguments(Command.ZSCORE).key(keys.due).add(next.claimId())));

    assertThat(end - now).isBetween(lease.toMillis() - 5000, lease.toMillis() + 5000);
  }

  private long claimsIn() {
    QueueKeys keys = new QueueKeys(redis.settings().name());
    return Reply.number(wire().call(new CommandArguments(Command.ZCARD).key(keys.due)));
  }

  private Wire wire() {
    return new Wire(
        new Connection(
            StandaloneConnections.address(redis.server()),
            StandaloneConnections.clientConfig(redis.server())));
  }
}
