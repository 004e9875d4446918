package io.emailmonitor.monitor.content;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Takes one format apart. Safe for use by several threads. */
interface Parts {

  /**
   * What is said of a part.
   *
   * @param name as given; empty when there is none
   */
  record Head(String name, @Nullable String contentType, boolean message, boolean inline) {}

  /** Is shown one part after the other. */
  interface Visitor {
    /**
     * Sees one part.
     *
     * @param content decoded; valid during the call, and need not be read to its end
     */
    void part(Head head, InputStream content) throws IOException, InterruptedException;

    /** Learns that so many bytes have come out of compressed ones, and may end that by throwing. */
    void expanded(int bytes) throws IOException;
  }

  /**
   * Shows all parts that are attachments, in their order.
   *
   * @throws ObstacleException if they cannot be told
   */
  void read(InputStream container, Visitor visitor) throws IOException, InterruptedException;
}
