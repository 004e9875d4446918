package io.emailmonitor.monitor.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.monitor.dashboard.Board.Part;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The stream of server-sent events to one browser. Nobody ever waits for it: a slow one gets the
 * latest of each part when it is ready for more, and what came in between not at all. Safe for use
 * by several threads.
 */
final class EventStream implements WriteListener, AsyncListener {
  private final AsyncContext context;
  private final ServletOutputStream out;
  private final Board board;
  private final Consumer<EventStream> ended;
  private final Map<String, Long> sent = new HashMap<>();
  private boolean possible;
  private boolean flushed = true;
  private boolean closed;
  private @Nullable String greeting;

  /**
   * @param greeting what comes before all events
   * @param ended told once when nothing more goes this way
   */
  EventStream(
      AsyncContext context,
      ServletOutputStream out,
      Board board,
      String greeting,
      Consumer<EventStream> ended) {
    this.context = context;
    this.out = out;
    this.board = board;
    this.greeting = greeting;
    this.ended = ended;
  }

  /** Sends what is new, as far as the browser takes it. */
  synchronized void offer() {
    if (possible && !closed) {
      write();
    }
  }

  @Override
  public synchronized void onWritePossible() {
    possible = true;
    if (!closed) {
      write();
    }
  }

  private void write() {
    try {
      while (out.isReady()) {
        byte[] next = next();
        if (next != null) {
          out.write(next);
          flushed = false;
        } else if (!flushed) {
          flushed = true;
          out.flush();
        } else {
          return;
        }
      }
      possible = false;
    } catch (IOException | IllegalStateException e) {
      close();
    }
  }

  private byte @Nullable [] next() {
    String first = greeting;
    if (first != null) {
      greeting = null;
      return first.getBytes(UTF_8);
    }
    for (Part part : board.parts()) {
      Long known = sent.put(part.name(), part.version());
      if (part.version() > 0 && (known == null || known < part.version())) {
        return event(part);
      }
    }
    return null;
  }

  /** JSON of ours has no line breaks, which would end the event. */
  private static byte[] event(Part part) {
    return ("event: " + part.name() + "\ndata: " + part.json() + "\n\n").getBytes(UTF_8);
  }

  @Override
  public void onError(Throwable failure) {
    close();
  }

  @Override
  public void onError(AsyncEvent event) {
    close();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    close();
  }

  @Override
  public void onComplete(AsyncEvent event) {
    close();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {
    // Not started again.
  }

  /** Ends it, from whichever side. */
  void close() {
    synchronized (this) {
      if (closed) {
        return;
      }
      closed = true;
    }
    ended.accept(this);
    try {
      context.complete();
    } catch (IllegalStateException e) {
      // The container was first.
    }
  }
}
