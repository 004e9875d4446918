package io.emailmonitor.monitor;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.health.HealthCheck;
import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private final FakeIntake intake = new FakeIntake();
  private final FakeMailSource source = new FakeMailSource();

  @Test
  void pollerIsGreen_whenEveryMailboxWasRead() {
    intake.lastCycle = cycle(null, null);

    assertThat(Checks.poller(intake).execute().isHealthy()).isTrue();
  }

  @Test
  void pollerTellsOfOneMailbox_butIsRedOnlyWhenNoneCouldBeRead() {
    intake.lastCycle = cycle("no licence", null);
    HealthCheck.Result one = Checks.poller(intake).execute();
    assertThat(one.isHealthy()).isTrue();
    assertThat(one.getMessage()).contains("0@company.com: no licence");

    intake.lastCycle = cycle("throttled", "queue full");
    HealthCheck.Result all = Checks.poller(intake).execute();
    assertThat(all.isHealthy()).isFalse();
    assertThat(all.getMessage()).contains("2 problems", "throttled");
  }

  @Test
  void graphSaysWhatHelps_whenTheLoginFails() {
    source.failure = new MailSourceException(Kind.UNAUTHENTICATED, "AADSTS7000215", null, null);

    assertThat(Checks.graph(source).execute().getMessage())
        .startsWith("AADSTS7000215. ")
        .contains("doctor");
  }

  private static CycleReport cycle(@Nullable String first, @Nullable String second) {
    List<MailboxReport> reports =
        List.of(
            new MailboxReport("0@company.com", 0, 0, 0, 0, 0, 0, 0, first),
            new MailboxReport("1@company.com", 0, 0, 0, 0, 0, 0, 0, second));
    return new CycleReport(FakeIntake.STARTED, FakeIntake.STARTED, reports, List.of());
  }
}
