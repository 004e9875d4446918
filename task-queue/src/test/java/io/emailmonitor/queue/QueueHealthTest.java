package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QueueHealthTest {
  private static QueueHealth health(TestRedis server) {
    try (RedisTaskQueue queue = new RedisTaskQueue(server.settings(), QueueSettings.named("q"))) {
      return queue.health();
    }
  }

  @Test
  void isContent_withADurableServerThatEvictsNothing() {
    try (TestRedis server = TestRedis.startDurable()) {
      QueueHealth health = health(server);

      assertThat(health.server()).isEqualTo(server.settings().describe());
      assertThat(health.version()).matches("(Redis|Valkey) \\d+\\.\\d+.*");
      assertThat(health.persistence()).isEqualTo("aof");
      assertThat(health.evictionPolicy()).isEqualTo("noeviction");
      assertThat(health.usedBytes()).isPositive();
      assertThat(health.problems()).isEmpty();
    }
  }

  @Test
  void warns_whenNothingIsKeptOnDisk() {
    try (TestRedis server = TestRedis.start("--maxmemory 100mb")) {
      QueueHealth health = health(server);

      assertThat(health.persistence()).isEqualTo("none");
      assertThat(health.maxBytes()).isEqualTo(100 * 1024 * 1024);
      assertThat(health.problems()).isEmpty();
      assertThat(health.warnings()).singleElement().asString().contains("appendonly");
    }
  }

  @Test
  void isAlarmed_whenTheServerMayEvictTheQueue() {
    try (TestRedis server =
        TestRedis.start("--maxmemory 100mb", "--maxmemory-policy allkeys-lru")) {
      assertThat(health(server).problems())
          .singleElement()
          .asString()
          .contains("allkeys-lru")
          .contains("noeviction");
    }
  }

  @Test
  void doesNotNeedConfig_whichServersOftenForbid() {
    try (TestRedis server = TestRedis.start("--user default on nopass ~* +@all -config")) {
      assertThat(health(server).persistence()).isEqualTo("unknown");
    }
  }
}
