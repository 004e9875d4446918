package io.emailmonitor.simulator.graph;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** The server: turns HTTP exchanges into requests and replies, on loopback only. */
public final class HttpFront implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
  private static final int THREADS = 32;
  private static final int CHUNKED = 0;
  private static final int NO_BODY = -1;

  static {
    // Read once by the JDK's server. Without it every answer waits 40 ms for the client's ACK.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final Function<GraphRequest, Optional<String>> mailboxOf;
  private final InFlight inFlight;

  /**
   * @param port 0 for a free one
   */
  public HttpFront(int port, Function<GraphRequest, Optional<String>> mailboxOf, InFlight inFlight)
      throws IOException {
    this.mailboxOf = mailboxOf;
    this.inFlight = inFlight;
    this.server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    this.threads =
        Executors.newFixedThreadPool(
            THREADS,
            task -> {
              Thread thread = new Thread(task, "graph-simulator");
              thread.setDaemon(true);
              return thread;
            });
    server.setExecutor(threads);
  }

  /** Everything under this path is answered by that function. */
  public void serve(String path, Function<GraphRequest, GraphReply> answer) {
    server.createContext(path, exchange -> handle(exchange, answer));
  }

  public void start() {
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange, Function<GraphRequest, GraphReply> answer) {
    try (exchange) {
      GraphRequest request = request(exchange);
      Optional<String> mailbox = mailboxOf.apply(request);
      mailbox.ifPresent(inFlight::enter);
      try {
        send(exchange, answer.apply(request), () -> mailbox.ifPresent(inFlight::leave));
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "the client went away", e);
      }
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the request could not be read", e);
    }
  }

  private static GraphRequest request(HttpExchange exchange) throws IOException {
    Map<String, List<String>> headers = new HashMap<>();
    exchange
        .getRequestHeaders()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
    InetSocketAddress local = exchange.getLocalAddress();
    String host = exchange.getRequestHeaders().getFirst("Host");
    String server =
        "http://" + (host == null ? local.getHostString() + ":" + local.getPort() : host);
    String query = exchange.getRequestURI().getRawQuery();
    return new GraphRequest(
        exchange.getRequestMethod(),
        server,
        exchange.getRequestURI().getRawPath(),
        query == null ? "" : query,
        headers,
        exchange.getRequestBody().readAllBytes());
  }

  /**
   * In chunks, without a length, as Graph does. Leaves before the end is sent: a client that has it
   * may send its next request at once.
   */
  private static void send(HttpExchange exchange, GraphReply reply, Runnable leave)
      throws IOException {
    try {
      Headers headers = exchange.getResponseHeaders();
      reply.headers().forEach(headers::set);
      if ("close".equalsIgnoreCase(exchange.getRequestHeaders().getFirst("Connection"))) {
        headers.set("Connection", "close"); // the JDK's server closes, but does not say so
      }
      if (reply.body().length > 0) {
        exchange.sendResponseHeaders(reply.status(), CHUNKED);
        exchange.getResponseBody().write(reply.body());
      }
    } finally {
      leave.run();
    }
    if (reply.body().length > 0) {
      exchange.getResponseBody().close();
    } else {
      exchange.sendResponseHeaders(reply.status(), NO_BODY);
    }
  }
}
