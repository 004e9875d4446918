package io.emailmonitor.queue;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import redis.clients.jedis.Protocol.Command;

/** What the server's INFO says, judged by what a queue needs. */
final class ServerReport {
  private static final String UNKNOWN = "unknown";

  private final ServerInfo info;
  private final String snapshots;

  private ServerReport(ServerInfo info, String snapshots) {
    this.info = info;
    this.snapshots = snapshots;
  }

  static ServerReport read(Wire wire) {
    wire.send(Command.INFO);
    // Managed servers and ACLs often forbid CONFIG; then it stays unknown.
    wire.send(Command.CONFIG, "GET", "save");
    List<Object> replies = wire.receive(2);
    return of(Reply.text(replies.get(0)), snapshots(replies.get(1)));
  }

  static ServerReport of(String info, String snapshots) {
    return new ServerReport(ServerInfo.parse(info), snapshots);
  }

  private static String snapshots(Object reply) {
    return reply instanceof List<?> pair && pair.size() == 2 ? Reply.text(pair.get(1)) : UNKNOWN;
  }

  /**
   * Judges it.
   *
   * @param maxQueueBytes how much memory the waiting tasks may take; 0 when nobody here decides
   */
  QueueHealth health(String server, long maxQueueBytes) {
    return new QueueHealth(
        server,
        version(),
        info.number("used_memory"),
        info.number("maxmemory"),
        info.text("maxmemory_policy", UNKNOWN),
        persistence(),
        problems(),
        warnings(maxQueueBytes));
  }

  private String version() {
    String valkey = info.text("valkey_version", "");
    return valkey.isEmpty() ? "Redis " + info.text("redis_version", UNKNOWN) : "Valkey " + valkey;
  }

  private boolean isTooOld() {
    // Valkey tells a Redis version, too: the one that it is compatible with.
    String[] parts = info.text("redis_version", "").split("\\D", 3);
    return parts.length == 3
        && !parts[0].isEmpty()
        && !parts[1].isEmpty()
        && (Integer.parseInt(parts[0]) < 6
            || (Integer.parseInt(parts[0]) == 6 && Integer.parseInt(parts[1]) < 2));
  }

  private String persistence() {
    boolean aof = info.text("aof_enabled", "").equals("1");
    if (snapshots.equals(UNKNOWN)) {
      return aof ? "aof" : UNKNOWN;
    }
    String rdb = snapshots.isEmpty() ? "none" : "rdb";
    if (aof) {
      return snapshots.isEmpty() ? "aof" : "aof+rdb";
    }
    return rdb;
  }

  private List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (isTooOld()) {
      problems.add(
          "This is " + version() + ", which lacks commands of the queue: use Redis 6.2 or later");
    }
    eviction().ifPresent(problems::add);
    if (info.text("role", "").equals("slave")) {
      problems.add(
          "This Redis is a replica and takes no writes: point REDIS_HOST or REDIS_URL at the"
              + " primary");
    }
    if (info.text("aof_last_write_status", "").equals("err")) {
      problems.add("Redis cannot write its append-only file: see its log");
    }
    if (info.text("rdb_last_bgsave_status", "").equals("err")) {
      problems.add(
          "Redis could not save its last snapshot and may therefore refuse writes: see its log and"
              + " whether its disk is full");
    }
    return problems;
  }

  private Optional<String> eviction() {
    String policy = info.text("maxmemory_policy", "noeviction");
    if (policy.equals("noeviction")) {
      return Optional.empty();
    }
    String harm =
        policy.startsWith("volatile")
            ? "Redis may forget which tasks it has had when its memory is full, and take them twice:"
                + " its maxmemory-policy is %s, which evicts keys that expire. Set it to noeviction"
            : "Redis may throw tasks away when its memory is full: its maxmemory-policy is %s,"
                + " which evicts whole keys, and the queue is one key. Set it to noeviction";
    return Optional.of(String.format(harm, policy));
  }

  private List<String> warnings(long maxQueueBytes) {
    List<String> warnings = new ArrayList<>();
    String persistence = persistence();
    if (persistence.equals("none")) {
      warnings.add(
          "Redis keeps nothing on disk: tasks are lost when it stops. Set appendonly to yes");
    } else if (persistence.equals("rdb")) {
      warnings.add(
          "Redis saves snapshots only: the tasks since the last one are lost when it crashes. Set"
              + " appendonly to yes");
    }
    memory(maxQueueBytes).ifPresent(warnings::add);
    return warnings;
  }

  private Optional<String> memory(long maxQueueBytes) {
    long max = info.number("maxmemory");
    long used = info.number("used_memory");
    if (max == 0) {
      return Optional.of(
          "Redis has no maxmemory: it takes the machine's memory until the system kills it. Set"
              + " maxmemory to what it may use");
    }
    if (used >= max / 10 * 9) {
      return Optional.of(
          "Redis's memory is "
              + (used >= max ? "full (" : "nearly full (")
              + mebibytes(used)
              + " of "
              + mebibytes(max)
              + "): it takes no task that does not fit until workers have made room. If it stays so,"
              + " raise maxmemory, discard dead tasks, or see what else it holds");
    }
    // What is claimed, waits for a retry or is dead comes on top of what waits.
    if (maxQueueBytes > max / 4 * 3) {
      return Optional.of(
          "MAX_QUEUE_BYTES is "
              + mebibytes(maxQueueBytes)
              + ", more than fits into Redis's maxmemory of "
              + mebibytes(max)
              + " beside the tasks in hand: set MAX_QUEUE_BYTES to at most "
              + mebibytes(max / 4 * 3)
              + ", or maxmemory to at least "
              + mebibytes(maxQueueBytes / 3 * 4));
    }
    return Optional.empty();
  }

  private static String mebibytes(long bytes) {
    return String.format(Locale.ROOT, "%.1f MiB", bytes / 1048576.0);
  }
}
