package io.emailmonitor.queue;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Protocol.Command;

/** The stream on which every settlement leaves a word: writes its entries and reads them. */
final class RedisEvents {
  /** About 20 MB of Redis's memory, and a day's work for a monitor that was away. */
  static final int KEPT = 100_000;

  private static final int LONGEST_TEXT = 200;
  private static final int LONGEST_REASON = 500;

  private final Redis redis;
  private final QueueKeys keys;

  RedisEvents(Redis redis, QueueKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  /** The fields and values of an entry; what is not known is left out. */
  static List<Object> of(ClaimedTask task, String outcome, String reason) {
    List<Object> event = new ArrayList<>(16);
    add(event, "outcome", outcome, LONGEST_TEXT);
    add(event, "claim", task.claimId(), LONGEST_TEXT);
    add(event, "attempt", String.valueOf(task.attempt()), LONGEST_TEXT);
    Work work = task.work();
    if (work != null) {
      add(event, "task", work.taskId() == null ? "" : work.taskId(), LONGEST_TEXT);
      add(event, "worker", work.worker(), LONGEST_TEXT);
      add(event, "ms", String.valueOf(work.duration().toMillis()), LONGEST_TEXT);
    }
    add(event, "reason", reason, LONGEST_REASON);
    return event;
  }

  /** The same for a task that is dead, and is removed. */
  static List<Object> of(DeadTask task, String outcome) {
    List<Object> event = new ArrayList<>(10);
    add(event, "outcome", outcome, LONGEST_TEXT);
    add(event, "claim", task.claimId(), LONGEST_TEXT);
    add(event, "attempt", String.valueOf(task.deliveries()), LONGEST_TEXT);
    Object taskId = task.task().facts().get("task_id");
    add(event, "task", taskId == null ? "" : taskId.toString(), LONGEST_TEXT);
    add(event, "reason", task.reason(), LONGEST_REASON);
    return event;
  }

  private static void add(List<Object> event, String field, String value, int longest) {
    if (!value.isEmpty()) {
      event.add(field);
      event.add(value.length() <= longest ? value : value.substring(0, longest));
    }
  }

  TaskEvents after(String position, int count) {
    // From the last known entry on: when it is gone, so may be entries that nobody read.
    List<?> entries =
        Reply.list(
            redis.call(
                wire ->
                    wire.call(
                        new CommandArguments(Command.XRANGE)
                            .key(keys.events)
                            .add(position)
                            .add("+")
                            .add("COUNT")
                            .add(count + 1))));
    List<TaskEvent> events = new ArrayList<>();
    entries.forEach(entry -> events.add(event(Reply.list(entry))));
    boolean known = !events.isEmpty() && events.get(0).position().equals(position);
    List<TaskEvent> fresh = known ? events.subList(1, events.size()) : events;
    boolean gap = !known && !position.equals(TaskEvents.BEGINNING);
    return new TaskEvents(fresh.subList(0, Math.min(count, fresh.size())), gap);
  }

  private static TaskEvent event(List<?> entry) {
    String position = Reply.text(entry.get(0));
    Map<String, String> fields = new HashMap<>();
    List<?> texts = Reply.list(entry.get(1));
    for (int i = 0; i + 1 < texts.size(); i += 2) {
      fields.put(Reply.text(texts.get(i)), Reply.text(texts.get(i + 1)));
    }
    Long millis = number(fields.get("ms"));
    Long attempt = number(fields.get("attempt"));
    return new TaskEvent(
        position,
        time(position),
        fields.getOrDefault("outcome", ""),
        fields.getOrDefault("claim", ""),
        attempt == null || attempt > Integer.MAX_VALUE ? 0 : attempt.intValue(),
        fields.get("task"),
        fields.get("worker"),
        millis == null ? null : Duration.ofMillis(millis),
        fields.get("reason"));
  }

  /** Whoever adds an entry may choose its time, up to the largest number of 64 bits. */
  private static Instant time(String position) {
    Long millis = number(position.substring(0, position.indexOf('-')));
    return millis == null ? Instant.MAX : Instant.ofEpochMilli(millis);
  }

  /** Anybody may write to the stream: what is no number counts as not known. */
  private static @Nullable Long number(@Nullable String text) {
    return text == null || !text.matches("\\d{1,15}") ? null : Long.valueOf(text);
  }
}
