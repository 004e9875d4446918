package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class SharedRedisTest {
  private static final RedisSettings IMAGE = server(1);
  private static final RedisSettings PROGRAM = server(2);

  private static RedisSettings server(int port) {
    return RedisSettings.ofParts("127.0.0.1", port, 0, null, null, false);
  }

  @Test
  void prefersTheServerThatIsNamed_thenTheImage_thenAProgram() {
    assertThat(
            SharedRedis.choose("redis://named:3", () -> Optional.of(IMAGE), () -> PROGRAM)
                .describe())
        .isEqualTo("redis://named:3/0");
    assertThat(SharedRedis.choose("", () -> Optional.of(IMAGE), () -> PROGRAM)).isEqualTo(IMAGE);
    assertThat(SharedRedis.choose("", Optional::empty, () -> PROGRAM)).isEqualTo(PROGRAM);
  }

  @Test
  void startsNoProgram_whereThereIsAServer() {
    assertThat(
            SharedRedis.choose(
                "",
                () -> Optional.of(IMAGE),
                () -> {
                  throw new AssertionError("started");
                }))
        .isEqualTo(IMAGE);
  }
}
