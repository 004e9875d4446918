package io.emailmonitor.simulator.graph;

/** What Graph sometimes does to a page of changes, and readers must put up with. */
public enum PageQuirk {
  /** Nothing on it but a link to the next. */
  EMPTY,
  /** Each item twice. */
  DUPLICATE,
  /** Its items the other way round. */
  REVERSE,
  /** Begins with items that were given before. */
  REPLAY,
  /** What left the folder and came back in the meantime is reported as gone. */
  LOSE_RETURNED,
  /** What left is "changed" instead of "deleted". */
  REMOVED_AS_CHANGED
}
