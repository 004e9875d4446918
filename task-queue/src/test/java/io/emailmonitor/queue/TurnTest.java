package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.queue.TaskSource.Room;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/** Acknowledging and claiming in one round trip, where it does not go as usual. */
class TurnTest {
  private static final Room TWO = new Room(2, 1_000_000, true);

  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  @Test
  void leavesTheListAlone_whenAnotherTaskIsDue() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 4));
    ClaimedTask first = queue.claim().orElseThrow();
    queue.release(queue.claim().orElseThrow());

    TaskSource.Turn turn = queue.acknowledgeAndClaim(List.of(first), Room.ANY_ONE);

    assertThat(turn.acknowledged()).containsExactly(true);
    ClaimedTask due = turn.next().tasks().get(0);
    assertThat(Tasks.id(due.payload())).isEqualTo("a1");
    assertThat(due.delivery()).isEqualTo(2);
    assertThat(queue.stats().waiting()).isEqualTo(2);
    assertThat(claimsIn()).isEqualTo(1);
  }

  @Test
  void leavesNoLease_whenTheListHasRunDry() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 1));

    TaskSource.Turn turn =
        queue.acknowledgeAndClaim(List.of(queue.claim().orElseThrow()), Room.ANY_ONE);

    assertThat(turn.acknowledged()).containsExactly(true);
    assertThat(turn.next()).isEqualTo(TaskSource.Claim.NOTHING);
    assertThat(claimsIn()).isZero();
  }

  @Test
  void goesOn_whenTheServerForgotTheScripts() {
    RedisTaskQueue queue = redis.open();
    queue.enqueue(Tasks.tasks("a", 6));
    List<ClaimedTask> next = queue.claim(TWO).tasks();
    int acknowledged = 0;
    while (!next.isEmpty()) {
      wire().call(Command.SCRIPT, "FLUSH");
      TaskSource.Turn turn = queue.acknowledgeAndClaim(next, TWO);
      acknowledged += Collections.frequency(turn.acknowledged(), true);
      next = turn.next().tasks();
    }

    assertThat(acknowledged).isEqualTo(6);
    assertThat(claimsIn()).isZero();
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
