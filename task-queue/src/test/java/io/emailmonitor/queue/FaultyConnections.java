package io.emailmonitor.queue;

import java.util.List;
import java.util.Random;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.exceptions.JedisConnectionException;

/**
 * Connections that are cut, as often as told, at every point where a process or its network can
 * die: before a command, between the commands of a transaction, after the server did what it was
 * asked and before anybody learned of it. For one thread.
 */
final class FaultyConnections implements Connections {
  private final RedisSettings server;
  private final Random random;
  private double rate;
  private int faults;

  FaultyConnections(RedisSettings server, Random random) {
    this.server = server;
    this.random = random;
  }

  /** How probable a fault is at each command and at each reading of replies. */
  void setRate(double newRate) {
    rate = newRate;
  }

  int faults() {
    return faults;
  }

  @Override
  public Connection borrow() {
    Faulty connection = new Faulty(server);
    connection.armed = true;
    return connection;
  }

  private boolean strikes() {
    boolean struck = random.nextDouble() < rate;
    faults += struck ? 1 : 0;
    return struck;
  }

  @Override
  public void dropIdle() {}

  @Override
  public String describe() {
    return server.describe();
  }

  @Override
  public void close() {}

  private final class Faulty extends Connection {
    boolean armed;

    Faulty(RedisSettings to) {
      super(StandaloneConnections.address(to), StandaloneConnections.clientConfig(to));
    }

    @Override
    public void sendCommand(CommandArguments command) {
      if (armed && strikes()) {
        if (random.nextBoolean()) {
          flush(); // what was sent before arrives: a torn pipeline
        }
        throw cut();
      }
      super.sendCommand(command);
    }

    @Override
    public Object getOne() {
      Object reply = super.getOne();
      loseReply();
      return reply;
    }

    @Override
    public List<Object> getMany(int count) {
      List<Object> replies = super.getMany(count);
      loseReply();
      return replies;
    }

    private void loseReply() {
      if (armed && strikes()) {
        throw cut();
      }
    }

    private JedisConnectionException cut() {
      armed = false;
      disconnect();
      return new JedisConnectionException("cut by the test");
    }
  }
}
