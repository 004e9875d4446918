package io.emailmonitor.benchmarks;

import io.emailmonitor.queue.RedisTaskQueue;
import redis.clients.jedis.RedisClient;
import redis.clients.jedis.params.ScanParams;
import redis.clients.jedis.resps.ScanResult;

/** A queue that nobody else uses, and of which nothing is left in the end. */
final class OwnQueue {
  private final Options options;
  private final String name;

  OwnQueue(Options options, String purpose) {
    this.options = options;
    this.name = purpose + ":" + ProcessHandle.current().pid();
  }

  String name() {
    return name;
  }

  RedisTaskQueue open() {
    return options.queue(name);
  }

  void forget() {
    try (RedisClient redis = RedisClient.create("127.0.0.1", options.number("port"))) {
      redis.del(name);
      ScanParams ours = new ScanParams().match("{" + name + "}:*").count(10_000);
      String cursor = ScanParams.SCAN_POINTER_START;
      do {
        ScanResult<String> page = redis.scan(cursor, ours);
        if (!page.getResult().isEmpty()) {
          redis.unlink(page.getResult().toArray(String[]::new));
        }
        cursor = page.getCursor();
      } while (!cursor.equals(ScanParams.SCAN_POINTER_START));
    }
  }
}
