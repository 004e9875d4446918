package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

class LostReplyTest {
  @RegisterExtension private final RedisExtension redis = new RedisExtension();
  private int dieAtReading;

  @Test
  void tellsThatATaskIsDone_evenIfTheNextCannotBeFetched() {
    redis.open().enqueue(Tasks.tasks("a", 4));
    try (RedisTaskQueue dying = new RedisTaskQueue(new Mortal(), redis.settings())) {
      ClaimedTask task = dying.claim().orElseThrow();
      dieAtReading = 2;

      TaskSource.Turn turn = dying.acknowledgeAndClaim(List.of(task), TaskSource.Room.ANY_ONE);

      assertThat(turn.acknowledged()).containsExactly(true);
      assertThat(turn.next()).isEqualTo(TaskSource.Claim.NOTHING);
      assertThat(redis.open().acknowledge(task)).isFalse();
    }
  }

  @Test
  void doesNotTellThatATaskIsDone_whenItCannotKnow() {
    redis.open().enqueue(Tasks.tasks("a", 4));
    try (RedisTaskQueue dying = new RedisTaskQueue(new Mortal(), redis.settings())) {
      ClaimedTask task = dying.claim().orElseThrow();
      dieAtReading = 1;

      assertThatThrownBy(() -> dying.acknowledgeAndClaim(List.of(task), TaskSource.Room.ANY_ONE))
          .isInstanceOf(QueueUnavailableException.class);
    }
  }

  /** A server that goes away when replies are read for the nth time from now. */
  private final class Mortal implements Connections {
    private final Connections real = new StandaloneConnections(redis.server());

    @Override
    public Connection borrow() {
      int later = dieAtReading;
      dieAtReading = 0;
      Connection connection = connect();
      dieAtReading = later; // what connecting read does not count
      return connection;
    }

    private Connection connect() {
      return new Connection(
          StandaloneConnections.address(redis.server()),
          StandaloneConnections.clientConfig(redis.server())) {
        @Override
        public List<Object> getMany(int count) {
          if (--dieAtReading == 0) {
            throw new JedisConnectionException("gone");
          }
          return super.getMany(count);
        }
      };
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
