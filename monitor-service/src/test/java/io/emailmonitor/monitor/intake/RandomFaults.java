package io.emailmonitor.monitor.intake;

import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Effect.Throttle;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import io.emailmonitor.simulator.fault.When;
import io.emailmonitor.simulator.graph.PageQuirk;
import io.emailmonitor.simulator.http.Transmission.Framing;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Whatever Graph and the network to it are known to do, drawn from a seed. */
final class RandomFaults {
  private static final String HTML = "<html><body><h1>Bad Gateway</h1></body></html>";

  /** What Graph, proxies and wrong clocks put there. */
  private static final List<String> RETRY_AFTER =
      List.of(
          "0",
          "1",
          "150",
          "7200",
          "-5",
          "99999999999999999999",
          "soon",
          "Thu, 01 Jan 1970 00:00:00 GMT",
          "Fri, 31 Dec 9999 23:59:59 GMT");

  private static final List<String> TROUBLES =
      List.of(
          "ErrorInternalServerError",
          "generalException",
          "ServiceUnavailable",
          "MailboxInfoStale",
          "MailboxStoreUnavailable",
          "ErrorMailboxMoveInProgress",
          "UnknownError");

  private static final List<String> EXPIRED =
      List.of("SyncStateNotFound", "SyncStateInvalid", "ResyncRequired", "BadRequest");

  /** What is asked of Graph. */
  private enum Place {
    CHANGES("**/messages/delta"),
    LIST("**/attachments"),
    TEXT("/users/*/messages/*"),
    CONTENT("**/$value"),
    ANYWHERE("/users/**");

    private final String path;

    Place(String path) {
      this.path = path;
    }

    /** Whether an answer that is too short, or no JSON, can be told from a right one. */
    boolean isJson() {
      return this == CHANGES || this == LIST || this == TEXT;
    }
  }

  private final Random random;

  RandomFaults(Random random) {
    this.random = random;
  }

  Fault next(String mailbox) {
    Place place = Place.values()[random.nextInt(Place.values().length)];
    Match match = Match.path(place.path).mailbox(mailbox);
    When when =
        random.nextInt(3) == 0
            ? When.ALWAYS.probability(0.3)
            : When.ALWAYS.after(random.nextInt(5)).times(1 + random.nextInt(3));
    return new Fault(match, when, effect(place));
  }

  private Effect effect(Place place) {
    return switch (random.nextInt(12)) {
      case 0 -> new Throttle(Duration.ofSeconds(1 + random.nextInt(900)), any(RETRY_AFTERS));
      case 1 -> Effect.GraphError.of("TooManyRequests", Map.of("Retry-After", any(RETRY_AFTER)));
      case 2 -> Effect.GraphError.of(any(TROUBLES));
      case 3 -> new Effect.Answer(status(place), Map.of(), random.nextInt(4) == 0 ? "" : HTML);
      case 4, 5 -> cut(place);
      case 6 -> new Effect.Reset();
      case 7 -> wrongLength(place);
      case 8 -> new Effect.Slow(100_000 + random.nextInt(200_000));
      case 9 -> new Effect.Delay(Duration.ofMillis(1 + random.nextInt(30)));
      case 10 -> random.nextInt(3) == 0 ? ofEverything() : ofPlace(place);
      default -> ofPlace(place);
    };
  }

  private static final List<Throttle.RetryAfter> RETRY_AFTERS =
      List.of(Throttle.RetryAfter.values());

  private int status(Place place) {
    List<Integer> statuses = List.of(500, 502, 503, 504, 403, 404, 407);
    return place.isJson() && random.nextInt(4) == 0 ? 200 : any(statuses);
  }

  /** Where neither length nor chunks tell, only what is in it can. */
  private Effect cut(Place place) {
    int whole = random.nextInt(6);
    long bytes = whole < 3 ? random.nextInt(20_000) : random.nextInt(3_000) / 3 * 3;
    List<Framing> framings =
        place.isJson() ? List.of(Framing.values()) : List.of(Framing.CHUNKED, Framing.LENGTH);
    return new Effect.Cut(whole == 5 ? 0 : bytes, any(framings), random.nextBoolean());
  }

  private Effect wrongLength(Place place) {
    int bytes = 1 + random.nextInt(50);
    return new Effect.WrongLength(place.isJson() && random.nextBoolean() ? -bytes : bytes);
  }

  private Effect ofEverything() {
    return random.nextBoolean()
        ? new Effect.ExpireTokens(random.nextBoolean())
        : Effect.GraphError.of("MailboxNotEnabledForRESTAPI");
  }

  private Effect ofPlace(Place place) {
    if (place != Place.CHANGES) {
      return random.nextBoolean()
          ? new Effect.MoveMessage("inbox/Done")
          : new Effect.DeleteMessage();
    }
    return switch (random.nextInt(6)) {
      case 0 -> new Effect.ExpireDeltaLinks();
      case 1 -> Effect.GraphError.of(any(EXPIRED));
      case 2 -> Effect.GraphError.of("ErrorSyncFolderNotFound");
      default -> new Effect.Page(any(List.of(PageQuirk.values())));
    };
  }

  private <T> T any(List<T> values) {
    return values.get(random.nextInt(values.size()));
  }
}
