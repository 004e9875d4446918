package io.emailmonitor.demo;

/**
 * One line that is written over and over on a terminal, and written only when it changes elsewhere.
 */
final class Progress {
  // demo.sh asks its shell: what System.console() says of a terminal differs between JDKs.
  private final boolean terminal = Boolean.getBoolean("demo.terminal");
  private String shown = "";

  void show(String line) {
    if (line.equals(shown)) {
      return;
    }
    if (terminal) {
      int left = Math.max(0, shown.length() - line.length());
      System.out.print('\r' + line + " ".repeat(left));
      System.out.flush();
    } else {
      System.out.println(line);
    }
    shown = line;
  }

  /** Leaves the line standing and goes on below it. */
  void end() {
    if (terminal && !shown.isEmpty()) {
      System.out.println();
    }
    shown = "";
  }
}
