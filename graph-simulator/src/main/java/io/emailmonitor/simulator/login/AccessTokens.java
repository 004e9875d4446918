package io.emailmonitor.simulator.login;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The access tokens that were given out and are still good. Safe for any number of threads. */
public final class AccessTokens {

  private static final int LENGTH = 96;

  private final Clock clock;
  private final Duration lifetime;
  private final SecureRandom random = new SecureRandom();
  private final Map<String, Issued> good = new HashMap<>();
  private long issued;

  public AccessTokens(Clock clock, Duration lifetime) {
    this.clock = clock;
    this.lifetime = lifetime;
  }

  synchronized String issue(App app) {
    Instant now = clock.instant();
    good.values().removeIf(token -> !token.expires().isAfter(now));
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    String token = "sim." + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    good.put(token, new Issued(app.clientId(), now.plus(lifetime)));
    issued++;
    return token;
  }

  Duration lifetime() {
    return lifetime;
  }

  /** Whose token it is; empty for one that is not good. */
  public synchronized Optional<String> clientOf(String token) {
    return Optional.ofNullable(good.get(token))
        .filter(found -> found.expires().isAfter(clock.instant()))
        .map(Issued::clientId);
  }

  /** None that was given out so far is good any more. */
  public synchronized void expireAll() {
    good.clear();
  }

  /** How many were given out so far. */
  public synchronized long issued() {
    return issued;
  }

  private record Issued(String clientId, Instant expires) {}
}
