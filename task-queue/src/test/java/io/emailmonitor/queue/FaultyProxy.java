package io.emailmonitor.queue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The network between a program and a server, for tests: passes bytes on until it is told to cut
 * connections, to refuse them, to go silent as a half-open connection does, or to be slow. What
 * happens to bytes in flight is what happens in a real network: nobody knows. Safe for use by
 * several threads.
 */
public final class FaultyProxy implements AutoCloseable {
  private static final int CHUNK = 8192;

  private final ServerSocket listener;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger attempts = new AtomicInteger();
  private final Object news = new Object();
  private boolean refusing;
  private boolean silent;
  private volatile Duration pause = Duration.ZERO;

  private FaultyProxy(int serverPort) {
    this.serverPort = serverPort;
    try {
      listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    start(this::accept);
  }

  /** Stands before the server on that port of this machine. */
  public static FaultyProxy before(int serverPort) {
    return new FaultyProxy(serverPort);
  }

  /** Where programs find it. */
  public int port() {
    return listener.getLocalPort();
  }

  /** How often somebody has connected so far, also in vain. */
  public int attempts() {
    return attempts.get();
  }

  /** Ends all connections at once; new ones are served. */
  public void cut() {
    sockets.forEach(this::reset);
  }

  /** Ends all connections and every new one, until {@link #recover}. */
  public void refuse() {
    synchronized (news) {
      refusing = true;
    }
    cut();
  }

  /** Keeps connections open and passes nothing on, until {@link #recover}. */
  public void fallSilent() {
    synchronized (news) {
      silent = true;
    }
  }

  /** Waits that long before each 8 KB. */
  public void slowDown(Duration perChunk) {
    pause = perChunk;
  }

  /** Ends all faults. Connections that were silent come back to life with what they held back. */
  public void recover() {
    pause = Duration.ZERO;
    synchronized (news) {
      refusing = false;
      silent = false;
      news.notifyAll();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    refuse();
    recover();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        attempts.incrementAndGet();
        serve(client);
      } catch (IOException closedOrServerAway) {
        LockSupport.parkNanos(1); // whoever connected has been told
      }
    }
  }

  private void serve(Socket client) throws IOException {
    sockets.add(client);
    if (refuses()) {
      reset(client);
      return;
    }
    Socket server;
    try {
      server = new Socket(InetAddress.getLoopbackAddress(), serverPort);
    } catch (IOException e) {
      reset(client);
      throw e;
    }
    sockets.add(server);
    start(() -> pass(client, server));
    start(() -> pass(server, client));
    if (refuses()) {
      cut();
    }
  }

  private boolean refuses() {
    synchronized (news) {
      return refusing;
    }
  }

  private void pass(Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        awaitPassage();
        LockSupport.parkNanos(pause.toNanos());
        out.write(chunk, 0, length);
      }
    } catch (IOException e) {
      // Cut on one side, and therefore now on the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset(from);
      reset(to);
    }
  }

  private void awaitPassage() throws InterruptedException {
    synchronized (news) {
      while (silent) {
        news.wait();
      }
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "faulty-proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private void reset(Socket socket) {
    sockets.remove(socket);
    try {
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException e) {
      // It was closed before.
      return;
    }
  }
}
