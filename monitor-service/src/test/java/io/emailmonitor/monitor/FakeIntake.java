package io.emailmonitor.monitor;

import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import io.emailmonitor.monitor.intake.Intake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An intake that reports what the test wants. */
final class FakeIntake implements Intake {
  static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");

  volatile Duration cycleTakes = Duration.ZERO;
  volatile @Nullable RuntimeException failure;
  volatile @Nullable String problem;
  volatile @Nullable Instant reconciledSince;
  volatile @Nullable CycleReport lastCycle;

  @Override
  public CycleReport processNow() throws InterruptedException {
    RuntimeException toThrow = failure;
    if (toThrow != null) {
      throw toThrow;
    }
    Thread.sleep(cycleTakes.toMillis());
    MailboxReport first = new MailboxReport("a@company.com", 2, 5, 3, 0, 1, 1, 0, null);
    MailboxReport second = new MailboxReport("b@company.com", 1, 1, 1, 0, 0, 0, 1, "throttled");
    return new CycleReport(
        STARTED, STARTED.plusMillis(1500), List.of(first, second), List.of("x.org is unknown"));
  }

  @Override
  public CycleReport reconcile(@Nullable Instant since) throws InterruptedException {
    reconciledSince = since;
    return processNow();
  }

  @Override
  public Optional<CycleReport> lastCycle() {
    return Optional.ofNullable(lastCycle);
  }

  @Override
  public boolean running() {
    return false;
  }

  @Override
  public Optional<Instant> nextCycleAt() {
    return Optional.of(STARTED.plusSeconds(60));
  }

  @Override
  public Optional<String> problem() {
    return Optional.ofNullable(problem);
  }
}
