package io.emailmonitor.worker.handlers;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Makes the handler {@code save}, which writes below the folder {@code outputDir}. */
public final class SaveHandlerFactory implements HandlerFactory {
  private static final String SETTING = "handler.outputDir (OUTPUT_DIR)";

  @Override
  public String name() {
    return "save";
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    String given =
        settings
            .get("outputDir")
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        SETTING + " is not set; it must name a folder that can be written to"));
    return new SaveHandler(writableFolder(given));
  }

  private static Path writableFolder(String given) {
    try {
      Path folder = Path.of(given).toAbsolutePath();
      // JDK 17 takes a link to a folder for a file that is in the way.
      if (!Files.isDirectory(folder)) {
        Files.createDirectories(folder);
      }
      if (Files.isWritable(folder)) {
        return folder;
      }
    } catch (InvalidPathException | IOException e) {
      throw unusable(given, e);
    }
    throw unusable(given, null);
  }

  private static IllegalArgumentException unusable(String given, @Nullable Exception cause) {
    return new IllegalArgumentException(
        SETTING
            + " is '"
            + given
            + "', which can't be written to; it must name a folder that exists or can be made",
        cause);
  }
}
