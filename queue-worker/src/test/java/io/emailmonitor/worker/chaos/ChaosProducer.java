package io.emailmonitor.worker.chaos;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.queue.EnqueueResult;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.queue.Tasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;

/**
 * A process that hands in numbered tasks and notes each that is reported as enqueued. After a crash
 * it goes on a little before the last one that it noted, as the monitor does from its cursor.
 */
public final class ChaosProducer {
  /** What it notes. */
  static final String JOURNAL = "enqueued";

  /** The file, in the parent folder, that asks all producers to end. */
  static final String STOP = "stop";

  private static final int LARGEST_BATCH = 12;
  private static final int STEPS_BACK = 5;
  private static final int WAITING_AT_MOST = 100;

  private final String name;
  private final Path folder;
  private final RedisTaskQueue queue;
  private final Journal journal;
  private final Random random = new Random();

  private ChaosProducer(String name, Path folder, RedisTaskQueue queue) {
    this.name = name;
    this.folder = folder;
    this.queue = queue;
    this.journal = new Journal(folder.resolve(JOURNAL));
  }

  /** Arguments: its name, the port of Redis, the name of the queue. Works in its own folder. */
  public static void main(String[] args) throws Exception {
    RedisSettings server =
        RedisSettings.ofParts("127.0.0.1", Integer.parseInt(args[1]), 0, null, null, false)
            .withTimeouts(Duration.ofSeconds(1), Duration.ofSeconds(3));
    QueueSettings settings = QueueSettings.named(args[2]).withLimits(WAITING_AT_MOST, 0);
    try (RedisTaskQueue queue = new RedisTaskQueue(server, settings)) {
      new ChaosProducer(args[0], Path.of("").toAbsolutePath(), queue).run();
    }
  }

  private void run() throws IOException, InterruptedException {
    long next = Math.max(0, noted() - STEPS_BACK);
    while (!Files.exists(folder.resolveSibling(STOP))) {
      List<EncodedTask> batch =
          LongStream.range(next, next + 1 + random.nextInt(LARGEST_BATCH))
              .mapToObj(number -> encoded(name + "-" + number))
              .toList();
      int in = handedIn(batch);
      next += in;
      if (in < batch.size()) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
  }

  /** The number after the last one that an earlier process of this name got to. */
  private long noted() {
    List<List<String>> lines = Journal.read(folder.resolve(JOURNAL));
    String last = lines.isEmpty() ? "-0" : lines.get(lines.size() - 1).get(0);
    return Long.parseLong(last.substring(last.lastIndexOf('-') + 1)) + (lines.isEmpty() ? 0 : 1);
  }

  private static EncodedTask encoded(String id) {
    return Tasks.task(id, new ChaosTask(id).content());
  }

  /** How many, from the first, are on the queue for sure. */
  private int handedIn(List<EncodedTask> batch) throws IOException {
    int in = 0;
    try {
      for (EnqueueResult result : queue.enqueue(batch)) {
        if (result == EnqueueResult.QUEUE_FULL) {
          break;
        }
        journal.note(batch.get(in).task().taskId(), result);
        in++;
      }
    } catch (QueueUnavailableException e) {
      System.out.println(e.getMessage());
    }
    return in;
  }
}
