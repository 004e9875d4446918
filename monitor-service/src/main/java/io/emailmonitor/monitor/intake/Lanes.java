package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.MailRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Fetches messages of one mailbox in a few lanes side by side, while the calling thread hands on
 * and records what they bring.
 *
 * <p>Why nobody waits for ever: a lane that waits for room in the byte budget holds none itself,
 * and whoever holds some is either a lane that is fetching or content on its way to the calling
 * thread, which hands on whatever there is before it waits for more.
 */
final class Lanes {
  /** As many requests as Graph serves at a time for one mailbox. */
  static final int COUNT = 4;

  /** One attempt at one message. */
  interface Fetch {
    Finding.Ended run(Work work, Consumer<Finding.Fetched> out) throws InterruptedException;
  }

  private final Executor threads;
  private final Fetch fetch;
  private final Brake brake;
  private final BlockingQueue<Finding> inbox = new LinkedBlockingQueue<>();

  Lanes(Executor threads, Fetch fetch, Brake brake) {
    this.threads = threads;
    this.fetch = fetch;
    this.brake = brake;
  }

  /**
   * Works until all is done or the brake is pulled, and returns when no lane is left.
   *
   * @param batch takes what the lanes bring
   * @param recorded is told what has become durable
   */
  void run(List<Work> works, MessageBatch batch, Consumer<List<MailRecord>> recorded)
      throws InterruptedException {
    Queue<Work> todo = new ConcurrentLinkedQueue<>(works);
    int open = Math.min(COUNT, works.size());
    for (int i = 0; i < open; i++) {
      threads.execute(() -> lane(todo));
    }
    Throwable failure = null;
    while (open > 0) {
      List<Finding> findings = next();
      for (Finding finding : findings) {
        if (finding instanceof Finding.LaneClosed closed) {
          open--;
          failure = failure == null ? closed.failure() : failure;
        }
      }
      failure = failure == null ? settle(findings, open == 0, batch, recorded) : failure;
      if (failure != null) {
        brake.pull(Stop.of(Stop.Kind.UNEXPECTED, Failure.words(failure)));
      }
      release(findings);
    }
    if (failure instanceof Error error) {
      throw error;
    } else if (failure instanceof RuntimeException exception) {
      throw exception;
    }
  }

  private List<Finding> next() throws InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(inbox.take());
    inbox.drainTo(findings);
    return findings;
  }

  private static @Nullable Throwable settle(
      List<Finding> findings,
      boolean last,
      MessageBatch batch,
      Consumer<List<MailRecord>> recorded) {
    try {
      recorded.accept(batch.settle(findings, last));
      return null;
    } catch (Throwable e) {
      // The lanes must be seen to their end before anybody hears of it.
      return e;
    }
  }

  private static void release(List<Finding> findings) {
    for (Finding finding : findings) {
      if (finding instanceof Finding.Fetched fetched) {
        fetched.room().release();
      }
    }
  }

  private void lane(Queue<Work> todo) {
    Throwable failure = null;
    try {
      Work work = todo.poll();
      while (work != null && !brake.isPulled()) {
        inbox.add(fetch.run(work, inbox::add));
        work = todo.poll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      brake.pull(Stop.of(Stop.Kind.QUIET, "interrupted"));
    } catch (Throwable e) {
      failure = e;
    } finally {
      inbox.add(new Finding.LaneClosed(failure));
    }
  }
}
