package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

class LostReplyTest {
  @RegisterExtension private final RedisExtension redis = new RedisExtension();

  @Test
  void tellsThatATaskIsDone_evenIfTheNextCannotBeFetched() {
    redis.open().enqueue(Tasks.tasks("a", 2));
    ClaimedTask task = redis.open().claim().orElseThrow();

    TaskSource.Turn turn;
    try (RedisTaskQueue dying = new RedisTaskQueue(new OneConversation(), redis.settings())) {
      turn = dying.acknowledgeAndClaim(task);
    }

    assertThat(turn.acknowledged()).isTrue();
    assertThat(turn.next()).isEmpty();
    assertThat(redis.open().acknowledge(task)).isFalse();
  }

  /** A server that goes away after the first conversation. */
  private final class OneConversation implements Connections {
    private final Connections real = new StandaloneConnections(redis.server());
    private boolean over;

    @Override
    public Connection borrow() {
      if (over) {
        throw new JedisConnectionException("gone");
      }
      over = true;
      return real.borrow();
    }

    @Override
    public void dropIdle() {}

    @Override
    public String describe() {
      return real.describe();
    }

    @Override
    public void close() {
      real.close();
    }
  }
}
