package io.emailmonitor.queue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import redis.clients.jedis.Protocol.Command;

/** What the server's INFO says, judged by what a queue needs. */
final class ServerReport {
  private static final String UNKNOWN = "unknown";

  private final Map<String, String> info;
  private final String snapshots;

  private ServerReport(Map<String, String> info, String snapshots) {
    this.info = info;
    this.snapshots = snapshots;
  }

  static ServerReport read(Wire wire) {
    wire.send(Command.INFO);
    // Managed servers and ACLs often forbid CONFIG; then it stays unknown.
    wire.send(Command.CONFIG, "GET", "save");
    List<Object> replies = wire.receive(2);
    return new ServerReport(parse(Reply.text(replies.get(0))), snapshots(replies.get(1)));
  }

  private static Map<String, String> parse(String info) {
    Map<String, String> facts = new HashMap<>();
    for (String line : info.lines().toList()) {
      int colon = line.indexOf(':');
      if (colon > 0 && !line.startsWith("#")) {
        facts.put(line.substring(0, colon), line.substring(colon + 1));
      }
    }
    return facts;
  }

  private static String snapshots(Object reply) {
    return reply instanceof List<?> pair && pair.size() == 2 ? Reply.text(pair.get(1)) : UNKNOWN;
  }

  QueueHealth health(String server) {
    return new QueueHealth(
        server,
        version(),
        number("used_memory"),
        number("maxmemory"),
        info.getOrDefault("maxmemory_policy", UNKNOWN),
        persistence(),
        problems(),
        warnings());
  }

  private String version() {
    return info.containsKey("valkey_version")
        ? "Valkey " + info.get("valkey_version")
        : "Redis " + info.getOrDefault("redis_version", UNKNOWN);
  }

  private long number(String name) {
    String value = info.getOrDefault(name, "");
    return value.matches("\\d{1,18}") ? Long.parseLong(value) : 0;
  }

  private String persistence() {
    boolean aof = "1".equals(info.get("aof_enabled"));
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
    String policy = info.getOrDefault("maxmemory_policy", "noeviction");
    if (!policy.equals("noeviction")) {
      problems.add(
          "Redis may throw tasks away when its memory is full: its maxmemory-policy is "
              + policy
              + ", which evicts whole keys, and the queue is one key. Set it to noeviction");
    }
    if ("slave".equals(info.get("role"))) {
      problems.add(
          "This Redis is a replica and takes no writes: point REDIS_HOST or REDIS_URL at the"
              + " primary");
    }
    if ("err".equals(info.get("aof_last_write_status"))) {
      problems.add("Redis cannot write its append-only file: see its log");
    }
    return problems;
  }

  private List<String> warnings() {
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
    if (number("maxmemory") == 0) {
      warnings.add(
          "Redis has no maxmemory: it takes the machine's memory until the system kills it. Set"
              + " maxmemory, or MAX_QUEUE_BYTES well below what it may use");
    }
    return warnings;
  }
}
