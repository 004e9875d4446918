package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisSettingsTest {
  @Test
  void readsEverything_fromAUrl() {
    RedisSettings settings =
        RedisSettings.ofUrl("rediss://mo%40nitor:p%25s%2Fs+1@cache.local:6380/3");

    assertThat(settings.tls()).isTrue();
    assertThat(settings.host()).isEqualTo("cache.local");
    assertThat(settings.port()).isEqualTo(6380);
    assertThat(settings.database()).isEqualTo(3);
    assertThat(settings.username()).isEqualTo("mo@nitor");
    assertThat(settings.password()).isEqualTo("p%s/s+1");
  }

  @Test
  void fillsInTheDefaults_ofAShortUrl() {
    RedisSettings settings = RedisSettings.ofUrl("redis://:secret@cache.local");

    assertThat(settings)
        .isEqualTo(RedisSettings.ofParts("cache.local", 6379, 0, null, "secret", false));
    assertThat(settings.username()).isNull();
  }

  @Test
  void understandsAnAddress_ofIpVersion6() {
    RedisSettings settings = RedisSettings.ofUrl("redis://[::1]:6379/");

    assertThat(settings.host()).isEqualTo("::1");
    assertThat(settings.describe()).isEqualTo("redis://[::1]:6379/0");
  }

  @Test
  void showsNoPassword() {
    RedisSettings settings = RedisSettings.ofUrl("redis://monitor:s3cret@cache.local/1");

    assertThat(settings.toString())
        .isEqualTo("redis://cache.local:6379/1 as monitor with password");
    assertThat(settings.describe()).isEqualTo("redis://cache.local:6379/1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          http://cache.local                | begin with redis://
          cache.local:6379                  | begin with redis://
          redis:///0                        | names no host
          redis://s3cret@cache.local        | no password
          redis://cache.local/first         | '/first'
          redis://cache.local:99999         | 99999
          redis://:s3cret %@cache.local     | not a URL
          redis://:s3cret%zz@cache.local    | not a URL
          redis://u:s3#cret@cache.local     | names no host
          """)
  void saysWhatIsWrongWithAUrl_withoutQuotingIt(String url, String problem) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.ofUrl(url))
        .withMessageStartingWith("REDIS_URL")
        .withMessageContaining(problem)
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("s3cret").doesNotContain("cret@"))
        .withNoCause();
  }

  @Test
  void saysWhatIsWrong_withTheParts() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.ofParts(" ", 6379, 0, null, null, false))
        .withMessageContaining("REDIS_HOST");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.ofParts("h", 0, 0, null, null, false))
        .withMessage("REDIS_PORT is 0; it must be 1 to 65535");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.ofParts("h", 6379, -1, null, null, false))
        .withMessageContaining("REDIS_DB is -1");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.ofParts("h", 6379, 0, "monitor", "", false))
        .withMessageContaining("REDIS_PASSWORD");
  }
}
