package io.emailmonitor.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpositionTest {
  private final MetricRegistry metrics = new MetricRegistry();

  @Test
  void showsCountsUnderNamesOfOurOwn() throws IOException {
    metrics.counter("a.done").inc(3);
    metrics.counter("a.skipped.too-large").inc(2);
    metrics.meter("a.bytes").mark(10);
    Exposition shown =
        new Exposition(metrics, "x")
            .counters("tasks", "Tasks", "outcome", Map.of("done", "a.done", "lost", "a.lost"))
            .countersBelow("skipped", "Skipped", "reason", "a.skipped.")
            .counter("content_bytes", "Bytes", "a.bytes");

    assertThat(text(shown))
        .contains("# HELP x_tasks_total Tasks\n# TYPE x_tasks_total counter\n")
        .contains("x_tasks_total{outcome=\"done\"} 3.0\n", "x_tasks_total{outcome=\"lost\"} 0.0\n")
        .contains("x_skipped_total{reason=\"too-large\"} 2.0\n")
        .contains("x_content_bytes_total 10.0\n");
  }

  @Test
  void showsTimesInBuckets_thatCanBeAddedUp() throws IOException {
    metrics.timer("took", () -> new SecondsTimer(0.1, 1)).update(Duration.ofMillis(500));
    metrics.timer("took").update(Duration.ofSeconds(2));
    metrics.histogram("waited", () -> new SecondsHistogram(1)).update(1000);
    Exposition shown =
        new Exposition(metrics, "x")
            .histogram("took_seconds", "Took", "took")
            .histogram("waited_seconds", "Waited", "waited");

    assertThat(text(shown))
        .contains(
            "x_took_seconds_bucket{le=\"0.1\"} 0\n",
            "x_took_seconds_bucket{le=\"1.0\"} 1\n",
            "x_took_seconds_bucket{le=\"+Inf\"} 2\n",
            "x_took_seconds_sum 2.5\n",
            "x_waited_seconds_bucket{le=\"1.0\"} 1\n");
    assertThat(metrics.timer("took").getCount()).as("for Dropwizard too").isEqualTo(2);
  }

  @Test
  void leavesOutWhatIsNotKnown_andWhatFails() throws IOException {
    Exposition shown =
        new Exposition(metrics, "x")
            .gauge("unknown", "Not known", List::of)
            .gauges(
                "broken",
                "Broken",
                "of",
                () -> {
                  throw new IllegalStateException("down");
                })
            .gauge("known", "Known", () -> List.of(1.0));

    assertThat(text(shown)).contains("x_known 1.0").doesNotContain("x_unknown ", "x_broken");
  }

  private static String text(Exposition shown) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrometheusTextFormatWriter.create().write(out, shown.collect());
    return out.toString(StandardCharsets.UTF_8);
  }
}
