package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * How much may be asked of one mailbox at the same time and in ten minutes. Counts what is, the
 * refused included. Safe for any number of threads.
 */
public final class RequestLimits {

  private static final Duration WINDOW = Duration.ofMinutes(10);

  private final GraphService graph;
  private final Clock clock;
  private final int concurrent;
  private final int perWindow;
  private final Function<Request, String> appOf;
  private final Map<Client, Counts> byClient = new HashMap<>();

  /**
   * Limits for each application and mailbox.
   *
   * @param appOf which application a request comes from
   * @param concurrent how many requests at the same time
   * @param perWindow how many requests in ten minutes
   */
  public RequestLimits(
      GraphService graph,
      Clock clock,
      Function<Request, String> appOf,
      int concurrent,
      int perWindow) {
    this.appOf = appOf;
    this.graph = graph;
    this.clock = clock;
    this.concurrent = concurrent;
    this.perWindow = perWindow;
  }

  /** Lets a request through or refuses it; it is under way until its reply is sent. */
  public Reply answer(Request request, Function<Request, Reply> next) {
    Optional<String> mailbox = graph.target(request).address();
    if (mailbox.isEmpty()) {
      return next.apply(request);
    }
    Client client = new Client(mailbox.get(), appOf.apply(request));
    Optional<Refusal> refusal = enter(client);
    try {
      Reply reply = refusal.isPresent() ? refuse(request, refusal.get()) : next.apply(request);
      return reply.whenSent(() -> leave(client));
    } catch (RuntimeException e) {
      leave(client);
      throw e;
    }
  }

  private Reply refuse(Request request, Refusal refusal) {
    return graph.refuse(
        request,
        429,
        "ApplicationThrottled",
        "Application is over its " + refusal.limit() + " limit.",
        Map.of("Retry-After", Long.toString(refusal.seconds())));
  }

  private synchronized Optional<Refusal> enter(Client client) {
    Counts counts = counts(client);
    Instant now = clock.instant();
    if (!now.isBefore(counts.windowEnd)) {
      counts.windowEnd = now.plus(WINDOW);
      counts.inWindow = 0;
    }
    counts.requests++;
    counts.inWindow++;
    counts.now++;
    counts.most = Math.max(counts.most, counts.now);
    Optional<Refusal> refusal = Optional.empty();
    if (counts.inWindow > perWindow) {
      long left = Duration.between(now, counts.windowEnd).toSeconds() + 1;
      refusal = Optional.of(new Refusal("MailboxRequests", left));
    } else if (counts.now > concurrent) {
      refusal = Optional.of(new Refusal("MailboxConcurrency", 1));
    }
    if (refusal.isPresent()) {
      counts.refused++;
    }
    return refusal;
  }

  private synchronized void leave(Client client) {
    counts(client).now--;
  }

  private Counts counts(Client client) {
    return byClient.computeIfAbsent(client, key -> new Counts());
  }

  /** What was asked of one mailbox. */
  public Asked asked(String mailbox) {
    return all().getOrDefault(mailbox, Asked.NOTHING);
  }

  /** By mailbox. */
  public synchronized Map<String, Asked> all() {
    Map<String, Asked> all = new TreeMap<>();
    byClient.forEach((client, counts) -> all.merge(client.mailbox, counts.snapshot(), Asked::and));
    return all;
  }

  /**
   * What was asked of one mailbox so far.
   *
   * @param maxInFlight the most requests of one application that were under way at the same time
   * @param refused how many of them went over a limit
   */
  public record Asked(long requests, int maxInFlight, long refused) {

    private static final Asked NOTHING = new Asked(0, 0, 0);

    private Asked and(Asked other) {
      return new Asked(
          requests + other.requests,
          Math.max(maxInFlight, other.maxInFlight),
          refused + other.refused);
    }
  }

  private record Client(String mailbox, String app) {}

  private record Refusal(String limit, long seconds) {}

  private static final class Counts {
    private int now;
    private int most;
    private long requests;
    private long refused;
    private long inWindow;
    private Instant windowEnd = Instant.MIN;

    private Asked snapshot() {
      return new Asked(requests, most, refused);
    }
  }
}
