package io.emailmonitor.monitor.dashboard;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.service.http.Problem;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;

/**
 * {@code GET /events}: keeps browsers up to date. Holds no thread for any of them, and takes only
 * so many: the others ask now and then.
 */
final class EventsServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  /** More people than look at one monitor. */
  static final int MOST = 64;

  /** Then a browser comes again, and shows that it still may. */
  private static final Duration LONGEST = Duration.ofMinutes(10);

  private static final String GREETING = "retry: 3000\n\n";

  private final transient Board board;
  private final transient ObjectMapper mapper;
  private final transient Semaphore places = new Semaphore(MOST);
  private final transient Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private volatile boolean over;

  EventsServlet(Board board, ObjectMapper mapper) {
    this.board = board;
    this.mapper = mapper;
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (over || !places.tryAcquire()) {
      response.setHeader("Retry-After", "60");
      Problem.of(
              503,
              over
                  ? "The monitor is stopping"
                  : MOST + " pages are kept up to date already; GET /dashboard tells the same")
          .answer(response, mapper);
      return;
    }
    response.setContentType("text/event-stream");
    response.setCharacterEncoding("utf-8");
    board.refresh();
    AsyncContext context = request.startAsync();
    context.setTimeout(LONGEST.toMillis());
    EventStream stream =
        new EventStream(context, response.getOutputStream(), board, GREETING, this::leave);
    context.addListener(stream);
    streams.add(stream);
    response.getOutputStream().setWriteListener(stream);
    if (over) {
      stream.close();
    }
  }

  private void leave(EventStream stream) {
    if (streams.remove(stream)) {
      places.release();
    }
  }

  /** How many listen. */
  int listeners() {
    return streams.size();
  }

  /** Sends everybody what is new; waits for nobody. */
  void tell() {
    streams.forEach(EventStream::offer);
  }

  /** Ends all streams, so that the server need not wait for them. */
  void end() {
    over = true;
    streams.forEach(EventStream::close);
  }
}
