package io.emailmonitor.worker.reference;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * A handler registered as a user's own: it leaves a file in the working directory for every attempt
 * it begins and is done when a file named "open" appears there.
 */
public final class GatedHandlerFactory implements HandlerFactory {
  @Override
  public String name() {
    return "gated";
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    Path folder = Path.of("").toAbsolutePath();
    return attempt -> {
      Files.createFile(folder.resolve(attempt.task().taskId() + "-" + attempt.number()));
      while (!Files.exists(folder.resolve("open"))) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
      return Outcome.done();
    };
  }
}
