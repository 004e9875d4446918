package com.example.orders;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.queue.RedisTaskQueue;
import io.emailmonitor.testkit.TestTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Does what docs/handlers.md tells those to do who write their own, and holds it to this code. */
class GuideIT {
  private static final Path PROJECT = Path.of("../..").toAbsolutePath().normalize();

  @RegisterExtension final RedisExtension redis = new RedisExtension();

  private final Path folder;
  private final String guide;

  GuideIT(@TempDir Path folder) throws IOException {
    this.folder = folder;
    guide = Files.readString(PROJECT.resolve("docs/handlers.md")).split("## Write your own", 2)[1];
  }

  private List<String> blocks(String language) {
    return Pattern.compile("(?s)```" + language + "\n(.*?)```")
        .matcher(guide)
        .results()
        .map((MatchResult found) -> found.group(1))
        .toList();
  }

  @Test
  void itsFirstHandlerRuns_asWritten() throws Exception {
    Files.writeString(folder.resolve("BySender.java"), blocks("java").get(0));
    RedisTaskQueue queue = redis.open();
    queue.enqueue(List.of(TestTask.of("a/b.txt", "hello").withId("t/1").encoded()));

    Process shell = start(blocks("sh").get(0));
    try {
      Instant end = Instant.now().plusSeconds(60);
      while (queue.stats().totals().getOrDefault("acknowledged", 0L) == 0
          && Instant.now().isBefore(end)
          && shell.isAlive()) {
        TimeUnit.MILLISECONDS.sleep(5);
      }
    } finally {
      shell.descendants().forEach(ProcessHandle::destroyForcibly);
      assertThat(shell.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    assertThat(files(folder.resolve("received")))
        .as(Files.readString(folder.resolve("log")))
        .singleElement()
        .satisfies(
            file -> {
              assertThat(file).hasContent("hello");
              assertThat(requireNonNull(file.getParent())).hasFileName("ada@customer.example");
            });
  }

  private Process start(String commands) throws IOException {
    ProcessBuilder shell = new ProcessBuilder("sh", "-ec", commands).directory(folder.toFile());
    Map<String, String> environment = shell.environment();
    environment.put("EMAIL_MONITOR", PROJECT.toString());
    environment.put(
        "PATH", Path.of(System.getProperty("java.home"), "bin") + ":" + environment.get("PATH"));
    environment.put("JDK_JAVA_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1");
    environment.put("REDIS_HOST", redis.server().host());
    environment.put("REDIS_PORT", String.valueOf(redis.server().port()));
    environment.put("EMAIL_QUEUE_NAME", redis.settings().name());
    return shell.redirectErrorStream(true).redirectOutput(folder.resolve("log").toFile()).start();
  }

  private static List<Path> files(Path top) throws IOException {
    try (Stream<Path> all = Files.walk(top)) {
      return all.filter(Files::isRegularFile).toList();
    }
  }

  @Test
  void itsOtherCode_isThatOfTheExample() throws IOException {
    StringBuilder sources = new StringBuilder();
    for (Path file : files(Path.of("src"))) {
      sources.append(Files.readString(file));
    }

    List<String> blocks = blocks("java");
    assertThat(blocks).hasSizeGreaterThan(3);
    assertThat(blocks.subList(1, blocks.size()))
        .allSatisfy(block -> assertThat(sources).contains(block));
  }

  /** With the sources of the example, whose libraries it gets, and without those that need more. */
  @Test
  void itsPom_buildsTheExampleElsewhere() throws Exception {
    String pom = blocks("xml").get(0);
    Files.writeString(
        folder.resolve("pom.xml"),
        pom.replace("<!-- Libraries of your own. -->", librariesOfTheExample()));
    for (Path file : files(Path.of("src"))) {
      if (!file.toString().endsWith("IT.java")) {
        Path copy = folder.resolve(file);
        Files.createDirectories(requireNonNull(copy.getParent()));
        Files.copy(file, copy);
      }
    }

    Process maven =
        start(
            "mvn -o -q -Dmaven.repo.local="
                + repository()
                + " -Dtest=OrdersWorkerTest"
                + " compiler:compile compiler:testCompile surefire:test");

    assertThat(maven.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(maven.exitValue()).as(Files.readString(folder.resolve("log"))).isZero();
    assertThat(folder.resolve("target/surefire-reports")).isNotEmptyDirectory();
  }

  private static String librariesOfTheExample() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    String fastcsv = pom.replaceFirst("(?s).*<fastcsv.version>(.*?)<.*", "$1");
    return Pattern.compile(
            "(?s)<dependency>\\s*<groupId>(de.siegmar|com.h2database)<.*?</dependency>")
        .matcher(pom)
        .results()
        .map(MatchResult::group)
        .collect(Collectors.joining())
        .replace("${fastcsv.version}", fastcsv);
  }

  /** What Maven has fetched before and, as after "mvn install", the modules of this project. */
  private Path repository() throws IOException {
    Path fetched = Path.of(System.getProperty("localRepository"));
    Path repository = folder.resolve("repository");
    link(fetched, repository, "io");
    link(fetched.resolve("io"), repository.resolve("io"), "emailmonitor");
    String version =
        Files.readString(PROJECT.resolve("pom.xml"))
            .replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
    install(repository, "email-monitor", PROJECT, version);
    for (String module :
        List.of(
            "shared-model", "task-queue", "worker-api", "testkit", "service-kit", "queue-worker")) {
      Path jar = PROJECT.resolve(module).resolve("target/" + module + "-" + version + ".jar");
      Files.createSymbolicLink(
          install(repository, module, PROJECT.resolve(module), version)
              .resolve(String.valueOf(jar.getFileName())),
          jar);
    }
    return repository;
  }

  private static void link(Path from, Path to, String but) throws IOException {
    Files.createDirectories(to);
    try (Stream<Path> children = Files.list(from)) {
      for (Path child : children.toList()) {
        if (!child.endsWith(but)) {
          Files.createSymbolicLink(to.resolve(String.valueOf(child.getFileName())), child);
        }
      }
    }
  }

  private static Path install(Path repository, String name, Path module, String version)
      throws IOException {
    Path target = repository.resolve("io/emailmonitor").resolve(name).resolve(version);
    Files.createDirectories(target);
    Files.createSymbolicLink(
        target.resolve(name + "-" + version + ".pom"), module.resolve("pom.xml"));
    return target;
  }
}
