package io.emailmonitor.queue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisSocketFactory;
import redis.clients.jedis.JedisSocketFactory;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Connections of which one is cut at the place that it is told, out of all places where a process
 * or its network can die: before a command and with it all that was not sent yet, between the
 * commands of a pipeline, and after the server did what it was asked but before anybody learned of
 * it. When it cuts, the server is done with what it got. For one thread.
 */
final class FaultyConnections implements Connections {
  private final RedisSettings server;
  private @Nullable Faulty idle;
  private int placesLeft;
  private boolean struck;

  FaultyConnections(RedisSettings server) {
    this.server = server;
  }

  /** Dies at the nth place from now, from 1; at none if it is 0 or is not reached. */
  void dieAt(int place) {
    placesLeft = place;
    struck = false;
  }

  /** Whether it has died since it was told where. */
  boolean struck() {
    return struck;
  }

  @Override
  public Connection borrow() {
    Faulty known = idle;
    idle = null;
    return known == null ? connect() : known;
  }

  private Connection connect() {
    int later = placesLeft;
    placesLeft = 0; // what connecting sends does not count
    Connection connection = new Faulty(new RememberedSocket());
    placesLeft = later;
    return connection;
  }

  private boolean strikes() {
    boolean now = placesLeft == 1;
    placesLeft = Math.max(0, placesLeft - 1);
    struck |= now;
    return now;
  }

  @Override
  public void dropIdle() {
    if (idle != null) {
      idle.disconnect();
      idle = null;
    }
  }

  @Override
  public String describe() {
    return server.describe();
  }

  @Override
  public void close() {
    dropIdle();
  }

  /** Gives access to the socket: Jedis sends what it holds back when it is asked to disconnect. */
  private final class RememberedSocket implements JedisSocketFactory {
    private final JedisSocketFactory real =
        new DefaultJedisSocketFactory(
            StandaloneConnections.address(server), StandaloneConnections.clientConfig(server));
    @Nullable Socket socket;

    @Override
    public Socket createSocket() {
      Socket created = real.createSocket();
      socket = created;
      return created;
    }
  }

  private final class Faulty extends Connection {
    private final RememberedSocket transport;
    private int unanswered;

    Faulty(RememberedSocket transport) {
      super(transport, StandaloneConnections.clientConfig(FaultyConnections.this.server));
      this.transport = transport;
    }

    @Override
    public void sendCommand(CommandArguments command) {
      if (strikes()) {
        throw cut();
      }
      if (unanswered > 0 && strikes()) {
        super.getMany(unanswered); // what was sent before arrives: a torn pipeline
        throw cut();
      }
      unanswered++;
      super.sendCommand(command);
    }

    @Override
    public Object getOne() {
      unanswered = 0; // before it throws what may be an error
      Object reply = super.getOne();
      loseReply();
      return reply;
    }

    @Override
    public List<Object> getMany(int count) {
      unanswered -= count;
      List<Object> replies = super.getMany(count);
      loseReply();
      return replies;
    }

    @Override
    public void close() {
      if (!isBroken()) {
        idle = this;
      }
    }

    private void loseReply() {
      if (strikes()) {
        throw cut();
      }
    }

    private JedisConnectionException cut() {
      try {
        if (transport.socket != null) {
          transport.socket.close();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      setBroken();
      return new JedisConnectionException("cut by the test");
    }
  }
}
