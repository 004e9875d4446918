package io.emailmonitor.monitor.delivery;

import io.dropwizard.lifecycle.Managed;
import io.emailmonitor.monitor.ledger.TaskResult;
import io.emailmonitor.monitor.ledger.TaskResults;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.queue.TaskEvent;
import io.emailmonitor.queue.TaskEvents;
import io.emailmonitor.service.health.Pulse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
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
  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  /** Longer than reading and recording a page takes, however slow Redis and disk are. */
  private static final Duration LONGEST_ROUND = Duration.ofMinutes(3);

  /** Foreign producers' tasks have ids of any kind; no record of ours belongs to them. */
  private static final Pattern OURS = Pattern.compile("[0-9a-f]{12}_[0-9a-f]{20}_[0-9a-f]{32}");

  private static final Pattern OUTCOME = Pattern.compile("[a-z]{1,20}");

  // What our workers never exceed. A database may refuse more, for ever.
  private static final int LONGEST_TEXT = 500;
  private static final int MOST_ATTEMPTS = 1_000_000;
  private static final Duration LONGEST = Duration.ofDays(365);
  private static final Instant LATEST = Instant.parse("9999-12-31T00:00:00Z");

  private final String queueName;
  private final QueueInspector queue;
  private final TaskResults results;
  private final CountDownLatch stop = new CountDownLatch(1);
  private final Thread thread = new Thread(this::loop, "results");
  private final Pulse pulse;
  private volatile @Nullable String problem;

  public ResultReader(String queueName, QueueInspector queue, TaskResults results) {
    this(queueName, queue, results, LONGEST_ROUND);
  }

  ResultReader(String queueName, QueueInspector queue, TaskResults results, Duration longestRound) {
    this.pulse = new Pulse("the reading of workers' results", longestRound);
    this.queueName = queueName;
    this.queue = queue;
    this.results = results;
    thread.setDaemon(true);
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Without an interrupt, which would close the files of the database. */
  @Override
  public void stop() throws InterruptedException {
    stop.countDown();
    thread.join(PATIENCE.toMillis());
  }

  /** Why results do not reach the ledger at the moment. */
  public Optional<String> problem() {
    return dead().or(() -> Optional.ofNullable(problem));
  }

  /** Why nothing but a restart lets results be read again. */
  public Optional<String> dead() {
    return thread.isAlive()
        ? pulse.problem()
        : Optional.of(
            "the reading of workers' results is not running. Restart the monitor; the log says why");
  }

  private void loop() {
    try {
      boolean more = false;
      while (more || !stop.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS)) {
        pulse.beat();
        more = guardedRead() && stop.getCount() > 0;
        pulse.beat();
      }
    } catch (InterruptedException e) {
      LOG.error("interrupted from outside, workers' results are no longer read");
      Thread.currentThread().interrupt();
    }
  }

  private boolean guardedRead() {
    try {
      boolean more = read();
      problem = null;
      return more;
    } catch (QueueUnavailableException e) {
      failed("what workers report cannot be read: " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.debug("recording results failed", e);
      failed("what workers report cannot be recorded: " + e.getMessage());
    }
    return false;
  }

  private void failed(String what) {
    if (problem == null && stop.getCount() > 0) {
      LOG.warn("{}; trying again until it works", what);
    }
    problem = what;
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

  private static boolean isOurs(TaskEvent event) {
    String taskId = event.taskId();
    return taskId != null
        && event.at().isBefore(LATEST)
        && OURS.matcher(taskId).matches()
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
