package io.emailmonitor.worker.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import org.junit.jupiter.api.Test;

/** What is in the built jar, and what is not. */
class WorkerJarIT {
  @Test
  void carriesNeitherGraphNorTests() throws IOException {
    try (JarFile jar = new JarFile(WorkerProcess.JAR.toFile())) {
      List<String> entries = jar.stream().map(entry -> entry.getName()).toList();

      assertThat(entries).contains("io/emailmonitor/worker/reference/WorkerApplication.class");
      assertThat(entries)
          .noneMatch(name -> name.startsWith("com/microsoft/") || name.startsWith("com/azure/"))
          .noneMatch(name -> name.startsWith("io/emailmonitor/monitor/"))
          .noneMatch(name -> name.startsWith("io/emailmonitor/simulator/"))
          .noneMatch(name -> name.startsWith("org/junit/") || name.startsWith("redis/embedded/"))
          .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA)|(.*/)?module-info.class"));
    }
  }

  @Test
  void saysHowToRunIt() throws IOException {
    try (JarFile jar = new JarFile(WorkerProcess.JAR.toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();

      assertThat(manifest.getValue("Main-Class")).isEqualTo(WorkerApplication.class.getName());
      assertThat(manifest.getValue("Multi-Release")).isEqualTo("true");
    }
  }

  @Test
  void carriesTheShippedConfiguration() throws IOException {
    try (JarFile jar = new JarFile(WorkerProcess.JAR.toFile())) {
      String packaged =
          new String(
              jar.getInputStream(jar.getEntry("worker.yml")).readAllBytes(),
              StandardCharsets.UTF_8);

      assertThat(packaged).isEqualTo(Files.readString(Path.of("../worker.yml")));
    }
  }
}
