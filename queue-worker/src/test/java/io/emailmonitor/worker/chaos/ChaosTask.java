package io.emailmonitor.worker.chaos;

import java.time.Duration;
import java.util.SplittableRandom;
import java.util.zip.CRC32;

/**
 * A task of which everything follows from its id, so that every process knows by itself what is in
 * it and what its handler does.
 */
record ChaosTask(String id) {
  static final Duration LEASE = Duration.ofSeconds(3);

  private static final int LARGEST = 400_000;
  private static final int USUAL = 4_000;

  /** Longer than the lease, so that renewals matter. */
  private static final Duration LONG_WORK = LEASE.plusSeconds(1);

  /** What a handler decides. */
  enum Verdict {
    DONE,
    RETRY,
    BURY
  }

  private SplittableRandom chance(int what) {
    return new SplittableRandom(id.hashCode() + ((long) what << 32));
  }

  byte[] content() {
    SplittableRandom chance = chance(1);
    byte[] content = new byte[chance.nextInt(chance.nextInt(40) == 0 ? LARGEST : USUAL)];
    chance.nextBytes(content);
    return content;
  }

  String checksum() {
    return checksum(content());
  }

  static String checksum(byte[] content) {
    CRC32 crc = new CRC32();
    crc.update(content);
    return Long.toHexString(crc.getValue()) + "/" + content.length;
  }

  Duration work() {
    SplittableRandom chance = chance(2);
    return switch (chance.nextInt(300)) {
      case 0 -> LONG_WORK;
      case 1, 2, 3, 4, 5, 6, 7, 8, 9 -> Duration.ofMillis(chance.nextInt(500));
      default -> Duration.ofMillis(chance.nextInt(10));
    };
  }

  Verdict verdict(int attempt) {
    return switch (chance(3).nextInt(40)) {
      case 0 -> Verdict.BURY;
      case 1 -> attempt == 1 ? Verdict.RETRY : Verdict.DONE;
      default -> Verdict.DONE;
    };
  }

  /** How many attempts it takes when nothing disturbs. */
  int attempts() {
    return verdict(1) == Verdict.RETRY ? 2 : 1;
  }
}
