package io.emailmonitor.monitor.delivery;

import io.dropwizard.lifecycle.Managed;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.ledger.TaskResult;
import io.emailmonitor.monitor.ledger.TaskResults;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.service.health.Repeated;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries what workers report from the queue to the ledger, on a thread of its own. Where it
 * stopped stands in the ledger beside what it wrote, so that nothing is missed or counted twice.
 */
public final class ResultReader implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(ResultReader.class);
  private static final int PAGE = 500;

  private static final Pattern OUTCOME = Pattern.compile("[a-z]{1,20}");

  // What our workers never exceed. A database may refuse more, for ever.
  private static final int LONGEST_TEXT = 500;
  private static final int MOST_ATTEMPTS = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final String queueName;
  private final QueueInspector queue;
  private final TaskResults results;
  private final Repeated loop;

  public ResultReader(String queueName, QueueInspector queue, TaskResults results) {
    this(queueName, queue, results, Repeated.LONGEST_ROUND);
  }

  ResultReader(String queueName, QueueInspector queue, TaskResults results, Duration longestRound) {
    this.queueName = queueName;
    this.queue = queue;
    this.results = results;
    this.loop =
        new Repeated(
            "results",
            "the reading of workers' results",
            "what workers report does not reach the ledger",
            longestRound,
            () -> read() ? Duration.ZERO : Repeated.PAUSE);
  }

  @Override
  public void start() {
    loop.start();
  }

  @Override
  public void stop() throws InterruptedException {
    loop.stop();
  }

  /** Why results do not reach the ledger at the moment. */
  public Optional<String> problem() {
    return loop.problem();
  }

  /** Why nothing but a restart lets results be read again. */
  public Optional<String> dead() {
    return loop.dead();
  }

  /** Reads one page; returns whether there may be more. */
  boolean read() {
    String position = results.position(queueName).orElse(TaskEvents.BEGINNING);
    TaskEvents page = queue.eventsAfter(position, PAGE);
    List<TaskEvent> events = page.events();
    if (events.isEmpty()) {
      return false;
    }
    if (page.gap()) {
      LOG.warn("events after {} were dropped unread, some results may be missing", position);
    }
    List<TaskResult> ours = events.stream().filter(ResultReader::isOurs).map(this::result).toList();
    results.record(queueName, events.get(events.size() - 1).position(), ours);
    return events.size() == PAGE;
  }

  /** No record of ours belongs to foreign producers' tasks. */
  private static boolean isOurs(TaskEvent event) {
    String taskId = event.taskId();
    return taskId != null
        && event.at().isBefore(LATEST)
        && TaskId.isOurs(taskId)
        && OUTCOME.matcher(event.outcome()).matches();
  }

  private TaskResult result(TaskEvent event) {
    Duration duration = event.duration();
    return new TaskResult(
        String.valueOf(event.taskId()),
        event.outcome(),
        event.attempt() > MOST_ATTEMPTS ? 0 : Math.max(0, event.attempt()),
        plain(event.worker()),
        duration != null && duration.compareTo(LONGEST) <= 0 ? duration : null,
        plain(event.reason()),
        event.at());
  }

  /** Anybody may write events; a database may refuse control characters and halves of others. */
  private static @Nullable String plain(@Nullable String text) {
    if (text == null) {
      return null;
    }
    String start = text.substring(0, Math.min(text.length(), LONGEST_TEXT));
    return start.replaceAll("[\\p{Cc}\\p{Cs}]+", " ");
  }
}
