package io.emailmonitor.worker;

import io.emailmonitor.queue.Signals;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A program of ours in a process of its own, that ends at the latest with this one. */
public final class JavaProcess implements AutoCloseable {
  private final Process process;
  private final Path log;

  private JavaProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
  }

  /** {@code java -jar}, in a working directory that also gets the log. */
  public static JavaProcess ofJar(Path folder, Map<String, String> environment, Path jar) {
    return launch(folder, environment, List.of("-jar", jar.toString()));
  }

  /** {@code java -cp}. */
  public static JavaProcess ofClass(
      Path folder,
      Map<String, String> environment,
      List<Path> classPath,
      Class<?> main,
      String... arguments) {
    String path =
        classPath.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
    List<String> program = new ArrayList<>(List.of("-cp", path, main.getName()));
    program.addAll(List.of(arguments));
    return launch(folder, environment, program);
  }

  private static JavaProcess launch(
      Path folder, Map<String, String> environment, List<String> program) {
    Path java = Path.of(System.getProperty("java.home"), "bin", "java");
    List<String> command =
        Stream.concat(
                Stream.of(
                    java.toString(), "-Xmx512m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
                program.stream())
            .toList();
    try {
      Path log = Files.createTempFile(folder, "process", ".log");
      ProcessBuilder builder = new ProcessBuilder(command).directory(folder.toFile());
      builder.environment().putAll(environment);
      return new JavaProcess(
          builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has written so far. */
  public String log() {
    try {
      return Files.readString(log);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  /** SIGSTOP. */
  public void pause() {
    Signals.send(process, "STOP");
  }

  /** SIGCONT. */
  public void resume() {
    Signals.send(process, "CONT");
  }

  /** SIGKILL; returns when it is gone. */
  public void kill() {
    process.destroyForcibly();
    exitCode();
  }

  /** SIGTERM; returns the exit code. */
  public int terminate() {
    process.destroy();
    return exitCode();
  }

  /** Waits for its end. */
  public int exitCode() {
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        throw new AssertionError("the process does not end:\n" + log());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
