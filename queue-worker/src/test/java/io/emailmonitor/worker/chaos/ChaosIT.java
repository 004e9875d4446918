package io.emailmonitor.worker.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/**
 * Everything that may die does, again and again, in real processes: what producers were told is on
 * the queue is handled all the same, and nothing but the dying makes work be done twice. The system
 * properties {@code chaos.seed} and {@code chaos.duration} repeat a run or make it longer.
 */
class ChaosIT {
  private final long seed =
      Long.getLong("chaos.seed", RandomGenerator.getDefault().nextInt(10_000));
  private final Duration duration =
      Duration.parse("PT" + System.getProperty("chaos.duration", "10s"));

  @Test
  void losesNothing_andDoublesNothingWithoutCause_whateverDies() throws IOException {
    Path folder = newFolder();
    String which = "chaos.seed=" + seed + " chaos.duration=" + duration;
    System.out.println(which + " in " + folder);
    try (ChaosRun run = new ChaosRun(folder, seed)) {
      run.beginCalmly();
      run.disturb(duration);
      run.drain();

      Evidence evidence = run.evidence();
      System.out.println(which + ": " + evidence.figures());
      assertNothingIsLost(evidence);
      assertEachTaskHasOneEnd(evidence);
      assertDuplicatesHaveCauses(evidence);
      assertThat(run.workersLog()).doesNotContain("broke down");
      assertNothingIsLeft(run.keysWithoutTheDead(), evidence);
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(which + ", see " + folder + "\n" + e.getMessage(), e);
    }
  }

  private Path newFolder() throws IOException {
    Path parent = Files.createDirectories(Path.of("target", "chaos").toAbsolutePath());
    return Files.createTempDirectory(parent, seed + "-");
  }

  private static void assertNothingIsLost(Evidence evidence) {
    assertThat(evidence.handled())
        .as("handlers got what producers sent")
        .allMatch(one -> one.checksum().equals(one.task().checksum()));
    assertThat(evidence.handledIds()).as("handled").containsAll(evidence.reported());
    assertThat(evidence.dead())
        .as("dead")
        .hasSameSizeAs(evidence.deadIds())
        .allMatch(task -> task.reason().equals("not at all"));
    assertThat(evidence.total("enqueued"))
        .isEqualTo(evidence.total("acknowledged") + evidence.dead().size());
  }

  private static void assertEachTaskHasOneEnd(Evidence evidence) {
    assertThat(evidence.ends())
        .as("what the queue says became of each task")
        .isEqualTo(evidence.lastAttempts())
        .hasSize((int) evidence.total("enqueued"));
    assertThat(evidence.attemptsBeyondTheFirst() + evidence.total("released"))
        .as("redeliveries")
        .isEqualTo(evidence.total("redelivered"));
    assertThat(evidence.handled())
        .as("no delivery is handed out twice")
        .doesNotHaveDuplicates()
        .extracting(one -> one.task().id() + " " + one.attempt())
        .doesNotHaveDuplicates();
  }

  private static void assertDuplicatesHaveCauses(Evidence evidence) {
    assertThat(evidence.handled()).anyMatch(one -> one.ended() < evidence.calmUntil());
    assertThat(evidence.repeatedInTheCalm()).as("repeated before anything happened").isEmpty();
    assertThat(evidence.unexplained()).as("repeated without a cause").isEmpty();
    assertThat((long) evidence.duplicates().size())
        .isLessThanOrEqualTo(evidence.total("redelivered"));
  }

  private static void assertNothingIsLeft(Set<String> keys, Evidence evidence) {
    assertThat(keys)
        .filteredOn(key -> key.startsWith("seen:"))
        .hasSize((int) evidence.total("enqueued"));
    keys.removeIf(key -> key.startsWith("seen:"));
    assertThat(keys).isSubsetOf("stats", "events", "bell", "workers", "holds");
  }
}
