package io.emailmonitor.monitor;

import io.emailmonitor.monitor.intake.AskedCycle;
import io.emailmonitor.monitor.intake.CycleProgress;
import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import io.emailmonitor.monitor.intake.Intake;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** An intake that reports what the test wants. */
final class FakeIntake implements Intake {
  static final Instant STARTED = Instant.parse("2026-03-01T10:00:00Z");
  static final MailboxReport FIRST = new MailboxReport("a@company.com", 2, 5, 3, 0, 1, 1, 0, null);
  static final MailboxReport SECOND =
      new MailboxReport("b@company.com", 1, 1, 1, 0, 0, 0, 1, "throttled");

  /** Cycles end when this is counted down. */
  volatile CountDownLatch mayEnd = new CountDownLatch(0);

  volatile @Nullable RuntimeException failure;
  volatile @Nullable String problem;
  volatile @Nullable String dead;
  volatile @Nullable Instant reconciledSince;
  volatile @Nullable CycleReport lastCycle;

  @Override
  public AskedCycle processNow() {
    RuntimeException toThrow = failure;
    if (toThrow != null) {
      throw toThrow;
    }
    return new FakeCycle(mayEnd);
  }

  @Override
  public AskedCycle reconcile(@Nullable Instant since) {
    reconciledSince = since;
    return processNow();
  }

  private final class FakeCycle implements AskedCycle {
    private final CountDownLatch ends;

    FakeCycle(CountDownLatch ends) {
      this.ends = ends;
    }

    @Override
    public CycleProgress progress() {
      return new CycleProgress(STARTED, 2, List.of(FIRST));
    }

    @Override
    public Optional<CycleReport> report() {
      String why = dead;
      if (why != null) {
        throw new IllegalStateException(why);
      }
      return ends.getCount() > 0
          ? Optional.empty()
          : Optional.of(
              new CycleReport(
                  STARTED,
                  STARTED.plusMillis(1500),
                  List.of(FIRST, SECOND),
                  List.of("x.org is unknown")));
    }

    @Override
    public boolean awaitEnd(Duration atMost) throws InterruptedException {
      return ends.await(atMost.toMillis(), TimeUnit.MILLISECONDS);
    }
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

  @Override
  public Optional<String> dead() {
    return Optional.ofNullable(dead);
  }
}
