package io.emailmonitor.monitor.intake;

/** A part of a visit that can be left after every page and gone on with later. For one thread. */
interface Stage {
  /** Works on the next page; returns whether there may be another. */
  boolean page() throws InterruptedException;
}
