package io.emailmonitor.queue;

import java.util.List;
import redis.clients.jedis.Protocol.Command;

/**
 * How large an item the server can ever take, however empty it is.
 *
 * @param bulk its {@code proto-max-bulk-len}
 * @param memory its {@code maxmemory} without what it needs for itself
 */
record ServerLimits(long bulk, long memory) {
  /** The least that {@code proto-max-bulk-len} can be: smaller items need no questions. */
  static final int ALWAYS_TAKEN = 1024 * 1024;

  /** For the connection that brings the item, the markers, the statistics. */
  private static final long OVERHEAD = 512 * 1024;

  static ServerLimits read(Wire wire) {
    wire.send(Command.INFO, "memory");
    // May be forbidden; then the server's words about memory have to do.
    wire.send(Command.CONFIG, "GET", "proto-max-bulk-len");
    List<Object> replies = wire.receive(2);
    ServerInfo info = ServerInfo.parse(Reply.text(replies.get(0)));
    long maxMemory = info.number("maxmemory");
    long bulk =
        replies.get(1) instanceof List<?> pair && pair.size() == 2
            ? Reply.number(pair.get(1))
            : Long.MAX_VALUE;
    long memory = maxMemory - info.number("used_memory_startup") - OVERHEAD;
    // Less is a mistake that somebody will mend: no reason to turn anything away for good.
    return new ServerLimits(bulk, memory < ALWAYS_TAKEN ? Long.MAX_VALUE : memory);
  }

  boolean everTake(int bytes) {
    return bytes <= bulk && bytes <= memory;
  }
}
