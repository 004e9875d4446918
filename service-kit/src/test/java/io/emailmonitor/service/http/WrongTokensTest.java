package io.emailmonitor.service.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class WrongTokensTest {
  private Instant now = Instant.parse("2026-03-01T10:00:00Z");
  private final WrongTokens wrong = new WrongTokens(() -> now);

  @Test
  void looksAtNoFurtherToken_whenAnAddressHasSentTooManyWrongOnes() {
    for (int i = 0; i < WrongTokens.MOST; i++) {
      assertThat(wrong.accepts("10.0.0.1", false)).isTrue();
    }
    assertThat(wrong.accepts("10.0.0.1", false)).isFalse();
    assertThat(wrong.accepts("10.0.0.1", true)).as("the right one, too").isFalse();
    assertThat(wrong.accepts("10.0.0.2", true)).isTrue();

    now = now.plus(WrongTokens.WINDOW);
    assertThat(wrong.accepts("10.0.0.1", true)).isTrue();
  }

  @Test
  void neverRefusesWhoeverIsRight() {
    for (int i = 0; i < 10 * WrongTokens.MOST; i++) {
      assertThat(wrong.accepts("10.0.0.1", true)).isTrue();
    }
  }

  @Test
  void takesANetworkForOneAddress_whereEverybodyHasMany() {
    for (int i = 0; i < WrongTokens.MOST; i++) {
      assertThat(wrong.accepts("2001:db8:1:2:0:0:0:" + i, false)).isTrue();
    }
    assertThat(wrong.accepts("2001:db8:1:2:f:f:f:f", false)).isFalse();
    assertThat(wrong.accepts("2001:db8:1:3:0:0:0:1", false)).isTrue();
  }

  @Test
  void countsTogetherWhatWouldBeTooManyAddresses() {
    for (int i = 0; i < WrongTokens.ADDRESSES; i++) {
      assertThat(wrong.accepts("host" + i, false)).isTrue();
    }
    for (int i = 0; i < WrongTokens.MOST; i++) {
      assertThat(wrong.accepts("further" + i, false)).isTrue();
    }
    assertThat(wrong.accepts("last", false)).isFalse();
    assertThat(wrong.accepts("host0", false)).as("one that is known").isTrue();
  }
}
