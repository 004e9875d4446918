package io.emailmonitor.monitor.graph;

import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/** Keeps the number of requests in flight below what Graph allows. Safe for several threads. */
final class RequestLimits {
  /** Graph refuses an application's fifth concurrent request to one mailbox. */
  static final int PER_MAILBOX = 4;

  private final Semaphore overall;
  private final Map<Mailbox, Semaphore> byMailbox = new ConcurrentHashMap<>();

  RequestLimits(int overall) {
    this.overall = new Semaphore(overall, true);
  }

  /** Waits for room; the caller releases the permit when the answer has been read to its end. */
  Permit acquire(Mailbox mailbox) {
    Semaphore own = byMailbox.computeIfAbsent(mailbox, any -> new Semaphore(PER_MAILBOX, true));
    // The mailbox first: whoever waits for a busy mailbox must not take room from the others.
    Permit one = acquire(own);
    try {
      Permit both = acquire(overall);
      return () -> {
        both.release();
        one.release();
      };
    } catch (MailSourceException e) {
      one.release();
      throw e;
    }
  }

  /** Waits for room for a request that concerns no mailbox. */
  Permit acquire() {
    return acquire(overall);
  }

  private static Permit acquire(Semaphore semaphore) {
    try {
      semaphore.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MailSourceException(
          Kind.UNAVAILABLE, "Interrupted while waiting to send a request", null, e);
    }
    return semaphore::release;
  }

  /** Room for one request; to be released once. */
  interface Permit {
    void release();
  }
}
