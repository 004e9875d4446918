package io.emailmonitor.queue;

/**
 * What the server's clock shows, reckoned from when it was last read. That of this machine may
 * differ and be set; only its passing counts here.
 *
 * @param then what the server's clock showed, in ms
 * @param read the reading of {@link System#nanoTime} at that moment or a little later
 */
record ServerClock(long then, long read) {
  static ServerClock showing(long now) {
    return new ServerClock(now, System.nanoTime());
  }

  long now() {
    return then + (System.nanoTime() - read) / 1_000_000;
  }
}
