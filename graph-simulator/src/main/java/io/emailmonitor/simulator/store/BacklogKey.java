package io.emailmonitor.simulator.store;

/** The keys of messages that come from a {@link Backlog}. */
final class BacklogKey {

  private static final String PREFIX = "backlog ";

  private BacklogKey() {}

  static String of(int number) {
    return PREFIX + number;
  }

  /** 0 for keys of other messages. */
  static int number(String key) {
    return key.startsWith(PREFIX) ? Integer.parseInt(key.substring(PREFIX.length())) : 0;
  }
}
