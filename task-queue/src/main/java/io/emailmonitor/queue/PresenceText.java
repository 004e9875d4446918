package io.emailmonitor.queue;

import io.emailmonitor.queue.WorkerPresence.Holding;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * {@link WorkerPresence} as it lies in Redis: a line of three numbers, then one for each task in
 * hand, whose id comes last because foreign producers' ids may be anything.
 */
final class PresenceText {
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_ID = 200;

  private PresenceText() {}

  static String name(String worker) {
    return cut(worker, LONGEST_NAME);
  }

  static String write(WorkerPresence worker) {
    StringBuilder text = new StringBuilder();
    text.append(worker.uptime().toMillis()).append(' ').append(worker.concurrency());
    text.append(' ').append(worker.held());
    for (Holding holding : worker.holdings()) {
      text.append('\n').append(cut(holding.claimId(), LONGEST_ID));
      text.append(' ').append(holding.attempt()).append(' ').append(holding.age().toMillis());
      String taskId = holding.taskId();
      text.append(' ').append(taskId == null ? "" : cut(taskId, LONGEST_ID));
    }
    return text.toString();
  }

  private static String cut(String text, int longest) {
    String line = text.replaceAll("[\\p{Cc}\\p{Cs}]+", " ");
    return line.length() <= longest ? line : line.substring(0, longest);
  }

  /** Anybody may write there: what is not ours is nobody's presence. */
  static Optional<WorkerPresence> read(String name, Duration silent, String text) {
    String[] lines = text.split("\n", -1);
    String[] numbers = lines[0].split(" ", -1);
    if (numbers.length < 3) {
      return Optional.empty();
    }
    try {
      List<Holding> holdings = new ArrayList<>();
      for (int i = 1; i < lines.length; i++) {
        holdings.add(holding(lines[i].split(" ", 4)));
      }
      return Optional.of(
          new WorkerPresence(
              name,
              silent,
              millis(numbers[0]),
              Integer.parseInt(numbers[1]),
              Integer.parseInt(numbers[2]),
              holdings));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Holding holding(String[] words) {
    if (words.length < 4) {
      throw new NumberFormatException("a line without its numbers");
    }
    @Nullable String taskId = words[3].isEmpty() ? null : words[3];
    return new Holding(words[0], taskId, Integer.parseInt(words[1]), millis(words[2]));
  }

  private static Duration millis(String text) {
    return Duration.ofMillis(Math.max(0, Long.parseLong(text)));
  }
}
