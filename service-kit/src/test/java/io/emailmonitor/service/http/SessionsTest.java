package io.emailmonitor.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final Sessions sessions = new Sessions(() -> now);

  @Test
  void knowsABrowser_untilItSignsOut() {
    String id = sessions.open();
    String other = sessions.open();

    assertThat(sessions.name(id)).isPresent().isNotEqualTo(sessions.name(other));
    assertThat(sessions.name(id).orElseThrow()).doesNotContain(id);
    sessions.close(id);
    assertThat(sessions.name(id)).isEmpty();
    assertThat(sessions.name(other)).isPresent();
    assertThat(sessions.name("")).isEmpty();
  }

  @Test
  void forgetsABrowser_afterItsTime() {
    String id = sessions.open();
    now = now.plus(Sessions.LIFE).minus(Duration.ofSeconds(1));
    assertThat(sessions.name(id)).isPresent();
    now = now.plusSeconds(1);
    assertThat(sessions.name(id)).isEmpty();
  }

  @Test
  void forgetsTheOldest_whenThereAreTooMany() {
    String first = sessions.open();
    String second = sessions.open();
    for (int i = 2; i <= Sessions.MOST; i++) {
      sessions.open();
    }
    assertThat(sessions.name(first)).isEmpty();
    assertThat(sessions.name(second)).isPresent();
  }
}
