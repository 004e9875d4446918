package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @ValueSource(strings = {"6.2", "7."})
  void isContent_withTheSettingsThatAreDocumented(String version) throws IOException {
    Optional<RedisProgram> program = RedisProgram.ofVersion(version);
    assumeTrue(program.isPresent(), () -> "there is no Redis " + version + " for this machine");
    try (TestRedis server = TestRedis.start(program.get(), documentedSettings())) {
      QueueHealth health = health(server);

      assertThat(health.problems()).isEmpty();
      assertThat(health.warnings()).isEmpty();
      assertThat(health.maxBytes()).isEqualTo(4L << 30);
      assertThat(health.persistence()).isEqualTo("aof");
    }
  }

  private static String[] documentedSettings() throws IOException {
    Path page = Path.of(System.getProperty("basedir", "."), "..", "docs", "protocol.md");
    String section = Files.readString(page).split("## Redis settings for production", 2)[1];
    String[] settings =
        section
            .lines()
            .filter(line -> line.startsWith("    "))
            .map(line -> "--" + line.strip().replace("\"\"", ""))
            .toArray(String[]::new);
    assertThat(settings).contains("--appendonly yes");
    return settings;
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
  void isAlarmed_whenTheServerMayForgetWhatItHasHad() {
    try (TestRedis server = TestRedis.start("--maxmemory-policy volatile-ttl")) {
      assertThat(health(server).problems())
          .singleElement()
          .asString()
          .contains("volatile-ttl")
          .contains("twice")
          .contains("noeviction");
    }
  }

  @Test
  void warns_whenTheQueueMayOutgrowTheServer() {
    try (TestRedis server = TestRedis.start("--maxmemory 100mb", "--appendonly yes");
        RedisTaskQueue queue =
            new RedisTaskQueue(
                server.settings(), QueueSettings.named("q").withLimits(1000, 200 << 20))) {
      assertThat(queue.health().warnings())
          .containsExactly(
              "MAX_QUEUE_BYTES is 200.0 MiB, more than fits into Redis's maxmemory of 100.0 MiB"
                  + " beside the tasks in hand: set MAX_QUEUE_BYTES to at most 75.0 MiB, or"
                  + " maxmemory to at least 266.7 MiB");
    }
  }

  @ParameterizedTest
  @CsvSource({"2.8.19, true", "6.0.16, true", "6.2.0, false", "7.4.1, false", "10.0.0, false"})
  void isAlarmed_onlyByServersThatAreTooOld(String version, boolean tooOld) {
    List<String> problems =
        ServerReport.of("redis_version:" + version, "").health("server", 0).problems();

    assertThat(problems).hasSize(tooOld ? 1 : 0);
    assertThat(problems).allSatisfy(p -> assertThat(p).contains(version).contains("6.2"));
  }

  @Test
  void doesNotNeedConfig_whichServersOftenForbid() {
    try (TestRedis server = TestRedis.start("--user default on nopass ~* +@all -config")) {
      assertThat(health(server).persistence()).isEqualTo("unknown");
    }
  }
}
