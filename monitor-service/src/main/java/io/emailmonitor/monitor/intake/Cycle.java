package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.intake.Visiting.Visited;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * One pass over all mailboxes, several at a time. They stand in line: whoever has had a slice and
 * is not done goes to its end. When a cycle is over by its time, what is not done goes on in the
 * next, so that nobody waits for a mailbox with much to do. For one use by one thread.
 */
final class Cycle {
  private final Workshop shop;
  private final Duration atMost;
  private final CycleRun run;
  private final Runnable progress;
  private final Brake brake;
  private final long begun = System.nanoTime();

  /**
   * @param atMost no further slice begins after that long; everybody has one in any case
   * @param run is told which mailboxes are done
   */
  Cycle(Workshop shop, Duration atMost, Brake brake, CycleRun run, Runnable progress) {
    this.shop = shop;
    this.atMost = atMost;
    this.brake = brake;
    this.run = run;
    this.progress = progress;
  }

  /**
   * Visits these mailboxes.
   *
   * @param recheckParked whether to look at parked ones before their time
   */
  List<Visited> run(List<MailboxRecord> mailboxes, boolean recheckParked)
      throws InterruptedException {
    run.expects(mailboxes.size());
    List<CompletableFuture<Visited>> visits = new ArrayList<>();
    for (MailboxRecord mailbox : mailboxes) {
      CompletableFuture<Visited> left = new CompletableFuture<>();
      visits.add(left);
      shop.threads().mailboxes().execute(() -> visit(mailbox, recheckParked, left));
    }
    List<Visited> visited = new ArrayList<>();
    for (CompletableFuture<Visited> visit : visits) {
      try {
        visited.add(visit.get());
      } catch (ExecutionException e) {
        throw new IllegalStateException("a visit cannot fail", e);
      }
    }
    shop.journal().saveMailboxes(visited.stream().map(Visited::standing).toList());
    return visited;
  }

  private void visit(
      MailboxRecord mailbox, boolean recheckParked, CompletableFuture<Visited> left) {
    try {
      proceed(new Visiting(shop, mailbox, brake, recheckParked, progress), left);
    } catch (Throwable e) {
      left.completeExceptionally(e);
    }
  }

  private void proceed(Visiting visiting, CompletableFuture<Visited> left) {
    try {
      if (visiting.slice() && System.nanoTime() - begun < atMost.toNanos()) {
        shop.threads().mailboxes().execute(() -> proceed(visiting, left));
      } else {
        Visited visited = visiting.leave();
        run.left(visited.report());
        left.complete(visited);
      }
    } catch (Throwable e) {
      left.completeExceptionally(e);
    }
  }
}
