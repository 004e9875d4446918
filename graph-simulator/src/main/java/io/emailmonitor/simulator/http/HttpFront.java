package io.emailmonitor.simulator.http;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ProtocolException;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** The server: a thread for each connection. */
public final class HttpFront implements AutoCloseable {

  private static final System.Logger LOG = System.getLogger(HttpFront.class.getName());
  private static final int BACKLOG = 256;
  private static final int LONGEST_SILENCE_MILLIS = 300_000;

  private final ServerSocket server;
  private final String scheme;
  private final Function<Request, Reply> answer;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads =
      Executors.newCachedThreadPool(
          task -> {
            Thread thread = new Thread(task, "graph-simulator");
            thread.setDaemon(true);
            return thread;
          });

  /**
   * Takes the port; who connects waits for {@link #start()}.
   *
   * @param host the address to listen on
   * @param port 0 for a free one
   * @param tls null for plain HTTP
   */
  public HttpFront(String host, int port, @Nullable SSLContext tls, Function<Request, Reply> answer)
      throws IOException {
    this.answer = answer;
    this.scheme = tls == null ? "http" : "https";
    this.server =
        tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
    server.setReuseAddress(true);
    server.bind(new InetSocketAddress(InetAddress.getByName(host), port), BACKLOG);
  }

  public void start() {
    threads.execute(this::accept);
  }

  /** Scheme, host and port, as this machine reaches it. */
  public String uri() {
    return scheme + "://127.0.0.1:" + port();
  }

  private int port() {
    return server.getLocalPort();
  }

  @Override
  public void close() {
    threads.shutdownNow();
    closeQuietly(server);
    open.forEach(HttpFront::closeQuietly);
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket socket = server.accept();
        open.add(socket);
        threads.execute(() -> serve(socket));
      } catch (IOException | java.util.concurrent.RejectedExecutionException e) {
        LOG.log(Level.DEBUG, "no connection was taken", e);
      }
    }
    open.forEach(HttpFront::closeQuietly);
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      socket.setSoTimeout(LONGEST_SILENCE_MILLIS);
      converse(socket);
    } catch (IOException e) {
      LOG.log(Level.DEBUG, "the client went away", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      open.remove(socket);
    }
  }

  private void converse(Socket socket) throws IOException, InterruptedException {
    RequestReader reader =
        new RequestReader(
            socket.getInputStream(),
            socket.getOutputStream(),
            scheme,
            "127.0.0.1:" + socket.getLocalPort());
    ReplyWriter writer = new ReplyWriter(socket);
    boolean more = true;
    while (more) {
      try {
        Request request = reader.next();
        more = request != null && writer.write(request, answer.apply(request));
      } catch (ProtocolException e) {
        byte[] words = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
        String bad = "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: ";
        socket
            .getOutputStream()
            .write((bad + words.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        socket.getOutputStream().write(words);
        more = false;
      } catch (SocketTimeoutException e) {
        more = false;
      }
    }
  }

  private static void closeQuietly(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      LOG.log(Level.DEBUG, "not closed", e);
    }
  }
}
