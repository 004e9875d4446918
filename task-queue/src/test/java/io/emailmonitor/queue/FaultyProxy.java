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
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The network between a program and a server, for tests: passes bytes on until it is told to cut
 * connections, also in the middle of what they carry, to refuse them, to go silent or lose bytes as
 * a half-open connection does, or to be slow. What happens to bytes in flight is what happens in a
 * real network: nobody knows. Safe for use by several threads.
 */
public final class FaultyProxy implements AutoCloseable {
  /** In which direction bytes travel. */
  public enum Way {
    REQUESTS,
    REPLIES
  }

  /** A cut to come. */
  private record Cut(Way way, double share, boolean orderly, Runnable then) {}

  private static final int CHUNK = 8192;

  private final ServerSocket listener;
  private final int serverPort;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final Set<Socket> robbed = ConcurrentHashMap.newKeySet();
  private final AtomicInteger attempts = new AtomicInteger();
  private final AtomicReference<@Nullable Cut> comingCut = new AtomicReference<>();
  private final Object news = new Object();
  private boolean refusing;
  private boolean silent;
  private volatile Set<Way> losing = Set.of();
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

  /**
   * Ends the connection that next carries something that way, after a part of it.
   *
   * @param share how much of it still arrives, from 0 to 1
   * @param orderly whether the ends see what arrived and then the end, or else a reset
   * @param then told when it has happened
   */
  public void cutNext(Way way, double share, boolean orderly, Runnable then) {
    comingCut.set(new Cut(way, share, orderly, then));
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

  /**
   * Keeps connections open and loses what they carry those ways, their ends included, until {@link
   * #recover}.
   */
  public void lose(Set<Way> ways) {
    losing = ways;
  }

  /** Waits that long before each 8 KB. */
  public void slowDown(Duration perChunk) {
    pause = perChunk;
  }

  /**
   * Ends all faults. Connections that were silent come back to life with what they held back; those
   * that lost something end.
   */
  public void recover() {
    pause = Duration.ZERO;
    comingCut.set(null);
    losing = Set.of();
    robbed.forEach(this::reset);
    robbed.clear();
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
    client.setTcpNoDelay(true);
    server.setTcpNoDelay(true);
    start(() -> pass(Way.REQUESTS, client, server));
    start(() -> pass(Way.REPLIES, server, client));
    if (refuses()) {
      cut();
    }
  }

  private boolean refuses() {
    synchronized (news) {
      return refusing;
    }
  }

  private void pass(Way way, Socket from, Socket to) {
    byte[] chunk = new byte[CHUNK];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int length = in.read(chunk); length >= 0; length = in.read(chunk)) {
        awaitPassage();
        LockSupport.parkNanos(pause.toNanos());
        Cut cut = comingCut.get();
        if (losing.contains(way)) {
          robbed.addAll(Set.of(from, to));
        } else if (cut != null && cut.way() == way && comingCut.compareAndSet(cut, null)) {
          out.write(chunk, 0, (int) (length * cut.share()));
          cut.then().run();
          end(from, cut.orderly());
          end(to, cut.orderly());
        } else {
          out.write(chunk, 0, length);
        }
      }
    } catch (IOException e) {
      // Cut on one side, and therefore now on the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset(from);
      if (losing.contains(way)) {
        robbed.add(to); // does not learn that the other side has gone
      } else {
        reset(to);
      }
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
    end(socket, false);
  }

  private void end(Socket socket, boolean orderly) {
    sockets.remove(socket);
    try {
      if (!orderly) {
        socket.setSoLinger(true, 0);
      }
      socket.close();
    } catch (IOException e) {
      // It was closed before.
      return;
    }
  }
}
