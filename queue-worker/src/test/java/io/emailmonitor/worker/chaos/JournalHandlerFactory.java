package io.emailmonitor.worker.chaos;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A handler that takes the time that its task takes, notes what it got, and decides as the task
 * says. It notes last: what it was killed in was not handled.
 */
public final class JournalHandlerFactory implements HandlerFactory {
  static final String NAME = "journal";
  static final String FILE = "handled";

  private static final Duration RETRY_DELAY = Duration.ofMillis(50);

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    Journal journal = new Journal(Path.of(FILE).toAbsolutePath());
    return attempt -> {
      long began = System.currentTimeMillis();
      ChaosTask task = new ChaosTask(attempt.task().taskId());
      String checksum = ChaosTask.checksum(attempt.content());
      TimeUnit.MILLISECONDS.sleep(task.work().toMillis());
      ChaosTask.Verdict verdict = task.verdict(attempt.number());
      journal.note(
          task.id(), checksum, attempt.number(), verdict, began, System.currentTimeMillis());
      return switch (verdict) {
        case DONE -> Outcome.done();
        case RETRY -> Outcome.retryAfter(RETRY_DELAY, "not at the first attempt");
        case BURY -> Outcome.bury("not at all");
      };
    };
  }
}
