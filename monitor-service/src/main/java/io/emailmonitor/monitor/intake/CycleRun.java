package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.intake.CycleReport.MailboxReport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A cycle on its way from being wanted to its end. Safe for use by several threads. */
final class CycleRun implements AskedCycle {
  private final CompletableFuture<CycleReport> end = new CompletableFuture<>();
  private final List<MailboxReport> left = new ArrayList<>();
  private volatile @Nullable String failure;
  private @Nullable Instant startedAt;
  private int mailboxes;

  synchronized void begin(Instant at) {
    startedAt = at;
  }

  synchronized void expects(int count) {
    mailboxes = count;
  }

  synchronized void left(MailboxReport report) {
    left.add(report);
  }

  void complete(CycleReport report) {
    end.complete(report);
  }

  void fail(String why) {
    failure = why;
    end.cancel(false);
  }

  @Override
  public synchronized CycleProgress progress() {
    return new CycleProgress(startedAt, mailboxes, left);
  }

  @Override
  public Optional<CycleReport> report() {
    String why = failure;
    if (why != null) {
      throw new IllegalStateException(why);
    }
    return Optional.ofNullable(end.getNow(null));
  }

  @Override
  public boolean awaitEnd(Duration atMost) throws InterruptedException {
    try {
      end.handle((report, cancelled) -> true).get(atMost.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      throw new IllegalStateException("failures are handled", e);
    }
  }
}
