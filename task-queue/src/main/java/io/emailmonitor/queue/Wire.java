package io.emailmonitor.queue;

import java.time.Duration;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;

/**
 * A conversation over one connection, command by command: what is sent together travels together.
 * Nothing is ever sent again. For one thread.
 */
final class Wire {
  private final Connection connection;

  Wire(Connection connection) {
    this.connection = connection;
  }

  static CommandArguments command(Command command, Object... arguments) {
    return new CommandArguments(command).addObjects(arguments);
  }

  /** Lets nobody use the connection after this conversation. */
  void hangUp() {
    connection.setBroken();
  }

  /** Sends a command whose reply is received later. */
  void send(Command command, Object... arguments) {
    send(command(command, arguments));
  }

  void send(CommandArguments command) {
    connection.sendCommand(command);
  }

  /** The replies to what was sent, in order; an error is an element, not thrown. */
  List<Object> receive(int count) {
    return connection.getMany(count);
  }

  /** Sends a command and returns its reply, which may be null. */
  Object call(Command command, Object... arguments) {
    return call(command(command, arguments));
  }

  Object call(CommandArguments command) {
    connection.sendCommand(command);
    return connection.getOne();
  }

  /** The same for a command that the server may answer as late as the given time. */
  Object callBlocking(Duration atMost, CommandArguments command) {
    return callBlocking(atMost, command, () -> {});
  }

  /** What the last one sends, the server runs as soon as it has answered the command. */
  Object callBlocking(Duration atMost, CommandArguments command, Runnable sendBehind) {
    int readTimeout = connection.getSoTimeout();
    connection.setSoTimeout(readTimeout + (int) atMost.toMillis());
    connection.sendCommand(command);
    sendBehind.run();
    Object reply = connection.getOne();
    connection.setSoTimeout(readTimeout);
    return reply;
  }
}
