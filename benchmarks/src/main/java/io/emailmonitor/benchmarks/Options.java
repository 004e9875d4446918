package io.emailmonitor.benchmarks;

import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The harness's arguments: {@code --name value}, or {@code --name} alone for a switch. */
record Options(Map<String, String> values) {
  static Options parse(String[] args) {
    Map<String, String> values = new HashMap<>();
    for (int i = 0; i < args.length; i++) {
      if (!args[i].startsWith("--")) {
        throw new IllegalArgumentException("'" + args[i] + "' stands where an option should");
      }
      boolean alone = i + 1 == args.length || args[i + 1].startsWith("--");
      values.put(args[i].substring(2), alone ? "" : args[++i]);
    }
    return new Options(values);
  }

  boolean has(String name) {
    return values.containsKey(name);
  }

  String text(String name) {
    @Nullable String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("--" + name + " is missing");
    }
    return value;
  }

  String text(String name, String otherwise) {
    return has(name) ? text(name) : otherwise;
  }

  int number(String name) {
    return Integer.parseInt(text(name));
  }

  int number(String name, int otherwise) {
    return has(name) ? number(name) : otherwise;
  }

  RedisSettings server() {
    return RedisSettings.ofParts("127.0.0.1", number("port"), 0, null, null, false);
  }

  /** A queue without limits on the server under test. */
  RedisTaskQueue queue(String name) {
    return new RedisTaskQueue(server(), QueueSettings.named(name).withLimits(Long.MAX_VALUE, 0));
  }
}
