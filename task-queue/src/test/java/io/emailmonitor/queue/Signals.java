package io.emailmonitor.queue;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends Unix signals that Java has no call for. */
public final class Signals {
  private Signals() {}

  /** Returns when the signal, such as STOP or CONT, has been sent. */
  public static void send(Process to, String signal) {
    try {
      Process kill = new ProcessBuilder("kill", "-" + signal, "" + to.pid()).start();
      if (kill.waitFor() != 0) {
        throw new IllegalStateException("process " + to.pid() + " cannot be sent " + signal);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
