package io.emailmonitor.worker.handlers;

import io.emailmonitor.worker.HandlerFactory;
import io.emailmonitor.worker.HandlerSettings;
import io.emailmonitor.worker.TaskHandler;
import java.util.List;

/** Makes the handler {@code exec}, which runs the program {@code command} for each task. */
public final class ExecHandlerFactory implements HandlerFactory {
  @Override
  public String name() {
    return "exec";
  }

  @Override
  public TaskHandler create(HandlerSettings settings) {
    List<String> command = settings.list("command");
    if (command.isEmpty()) {
      throw new IllegalArgumentException(
          "handler.command (EXEC_COMMAND) is not set; it must be a program and its arguments");
    }
    boolean file = asFile(settings.get("input").orElse("stdin"));
    if (!file && command.contains(ExecHandler.FILE)) {
      throw new IllegalArgumentException(
          "handler.command holds " + ExecHandler.FILE + "; handler.input must be file for that");
    }
    return new ExecHandler(command, file, ExitCodes.of(settings));
  }

  private static boolean asFile(String input) {
    return switch (input) {
      case "stdin" -> false;
      case "file" -> true;
      default ->
          throw new IllegalArgumentException(
              "handler.input (EXEC_INPUT) is '" + input + "'; it must be stdin or file");
    };
  }
}
