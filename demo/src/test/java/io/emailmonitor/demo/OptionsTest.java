package io.emailmonitor.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OptionsTest {
  @Test
  void runsTwoWorkersOnTheSamples_untilStopped_byDefault() {
    Options options = Options.parse();
    assertThat(options.once()).isFalse();
    assertThat(options.workers()).isEqualTo(2);
    assertThat(options.mails()).isEmpty();
    assertThat(options.keep()).isFalse();
  }

  @Test
  void takesAllOptionsTogether(@TempDir Path mails) {
    Options options =
        Options.parse("--once", "--mails", mails.toString(), "--workers", "16", "--keep");
    assertThat(options.once()).isTrue();
    assertThat(options.mails()).contains(mails.toAbsolutePath());
    assertThat(options.workers()).isEqualTo(16);
    assertThat(options.keep()).isTrue();
  }

  @Test
  void saysWhatIsWrong() {
    assertThatThrownBy(() -> Options.parse("--twice")).hasMessageContaining("--twice");
    assertThatThrownBy(() -> Options.parse("--workers")).hasMessageContaining("needs a value");
    assertThatThrownBy(() -> Options.parse("--workers", "0")).hasMessageContaining("1 to 16");
    assertThatThrownBy(() -> Options.parse("--mails", "/no/such"))
        .hasMessageContaining("no such directory");
  }
}
