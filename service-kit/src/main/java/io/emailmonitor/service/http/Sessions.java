package io.emailmonitor.service.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The browsers that are signed in: few, for a while, and forgotten at a restart. Knows only hashes
 * of what browsers hold. Safe for use by several threads.
 */
final class Sessions {
  static final int MOST = 1000;
  static final Duration LIFE = Duration.ofHours(12);

  private static final int RANDOM_BYTES = 32;
  private static final int NAME_LENGTH = 8;

  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  /** When each ends, in the order of their beginnings. */
  private final Map<String, Instant> ends = new LinkedHashMap<>();

  Sessions(InstantSource clock) {
    this.clock = clock;
  }

  /** Begins one and returns what the browser must show from now on. */
  synchronized String open() {
    byte[] secret = new byte[RANDOM_BYTES];
    random.nextBytes(secret);
    String id = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    forgetOld();
    ends.put(hash(id), clock.instant().plus(LIFE));
    return id;
  }

  private void forgetOld() {
    Instant now = clock.instant();
    Iterator<Instant> eldest = ends.values().iterator();
    while (eldest.hasNext() && (!now.isBefore(eldest.next()) || ends.size() >= MOST)) {
      eldest.remove();
    }
  }

  /** What the log calls the session, if there is such a one. */
  synchronized Optional<String> name(String id) {
    String hash = hash(id);
    Instant end = ends.get(hash);
    return end != null && clock.instant().isBefore(end)
        ? Optional.of("session " + hash.substring(0, NAME_LENGTH))
        : Optional.empty();
  }

  synchronized void close(String id) {
    ends.remove(hash(id));
  }

  private static String hash(String id) {
    return HexFormat.of().formatHex(sha256(id));
  }

  static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
