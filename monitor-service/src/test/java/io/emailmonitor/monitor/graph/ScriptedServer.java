package io.emailmonitor.monitor.graph;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that gives the answers it was told to give, one after the other, the last for ever. */
final class ScriptedServer implements AutoCloseable {
  /** A request as it came in, still encoded. */
  record Seen(String uri, Headers headers, String body) {}

  final List<Seen> seen = new CopyOnWriteArrayList<>();
  private final Queue<HttpHandler> script = new ArrayDeque<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  ScriptedServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
      HttpHandler next;
      synchronized (script) {
        seen.add(new Seen(exchange.getRequestURI().toString(), exchange.getRequestHeaders(), body));
        next = script.size() > 1 ? script.remove() : script.element();
      }
      next.handle(exchange);
    }
  }

  ScriptedServer then(HttpHandler answer) {
    synchronized (script) {
      script.add(answer);
    }
    return this;
  }

  ScriptedServer thenJson(int status, String body, String... headers) {
    return then(exchange -> send(exchange, status, "application/json", body, headers));
  }

  ScriptedServer thenError(int status, String code, String... headers) {
    return thenJson(
        status,
        "{\"error\":{\"code\":\"%s\",\"message\":\"Graph's words about bob@contoso.example\"}}"
            .formatted(code),
        headers);
  }

  static void send(HttpExchange exchange, int status, String type, String body, String... headers)
      throws IOException {
    exchange.getResponseHeaders().set("Content-Type", type);
    for (int i = 0; i < headers.length; i += 2) {
      exchange.getResponseHeaders().set(headers[i], headers[i + 1]);
    }
    byte[] bytes = body.getBytes(UTF_8);
    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  GraphSettings settings() {
    return settings(url() + "/v1.0", "token");
  }

  static GraphSettings settings(String baseUrl, String token) {
    return new GraphSettings(
        baseUrl, "", new Credentials.StaticToken(token), Duration.ofSeconds(5), 50, 16);
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
