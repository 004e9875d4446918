package io.emailmonitor.service.metrics;

import com.codahale.metrics.Counting;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import io.dropwizard.core.setup.AdminEnvironment;
import io.prometheus.metrics.exporter.servlet.jakarta.PrometheusMetricsServlet;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows chosen metrics of a process to Prometheus, each under a name, a unit and a help text of its
 * own: what Dropwizard calls its metrics is neither stable nor fit for adding up. Put together at
 * start by one thread, then safe for use by several.
 */
public final class Exposition implements MultiCollector {
  private static final Logger LOG = LoggerFactory.getLogger(Exposition.class);

  private final MetricRegistry metrics;
  private final String prefix;
  private final List<Supplier<MetricSnapshot>> families = new ArrayList<>();

  /**
   * Shows nothing yet.
   *
   * @param metrics where the counts are
   * @param prefix begins every name, as in {@code email_monitor}
   */
  public Exposition(MetricRegistry metrics, String prefix) {
    this.metrics = metrics;
    this.prefix = prefix;
  }

  /** Shows one counter or meter, as {@code <prefix>_<name>_total}. */
  public Exposition counter(String name, String help, String metric) {
    families.add(() -> counters(name, help, List.of(point(Labels.EMPTY, metric))));
    return this;
  }

  /**
   * Shows several counters as one with a label.
   *
   * @param metricByValue the label's values, which are few and known beforehand
   */
  public Exposition counters(
      String name, String help, String label, Map<String, String> metricByValue) {
    families.add(
        () -> {
          List<CounterDataPointSnapshot> points = new ArrayList<>();
          new TreeMap<>(metricByValue)
              .forEach((value, metric) -> points.add(point(Labels.of(label, value), metric)));
          return counters(name, help, points);
        });
    return this;
  }

  /** Shows all counters whose names begin so as one, with the rest of their names as its label. */
  public Exposition countersBelow(String name, String help, String label, String beginning) {
    families.add(
        () -> {
          List<CounterDataPointSnapshot> points = new ArrayList<>();
          metrics
              .getCounters((metric, counter) -> metric.startsWith(beginning))
              .keySet()
              .forEach(
                  metric ->
                      points.add(
                          point(Labels.of(label, metric.substring(beginning.length())), metric)));
          return counters(name, help, points);
        });
    return this;
  }

  private MetricSnapshot counters(String name, String help, List<CounterDataPointSnapshot> points) {
    CounterSnapshot.Builder family = CounterSnapshot.builder().name(name(name)).help(help);
    points.forEach(family::dataPoint);
    return family.build();
  }

  private CounterDataPointSnapshot point(Labels labels, String metric) {
    Metric counted = metrics.getMetrics().get(metric);
    long count = counted instanceof Counting counting ? counting.getCount() : 0;
    return CounterDataPointSnapshot.builder().labels(labels).value((double) count).build();
  }

  /** Shows a {@link SecondsTimer} or {@link SecondsHistogram}. */
  public Exposition histogram(String name, String help, String metric) {
    families.add(
        () -> {
          HistogramSnapshot.Builder family =
              HistogramSnapshot.builder().name(name(name)).help(help);
          if (metrics.getMetrics().get(metric) instanceof Bucketed bucketed) {
            family.dataPoint(bucketed.buckets().snapshot());
          }
          return family.build();
        });
    return this;
  }

  /** Shows what is so at the moment of asking; nothing when it is not known. */
  public Exposition gauge(String name, String help, Supplier<? extends List<Double>> value) {
    families.add(
        () -> {
          GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name(name)).help(help);
          value
              .get()
              .forEach(v -> family.dataPoint(GaugeDataPointSnapshot.builder().value(v).build()));
          return family.build();
        });
    return this;
  }

  /** Shows several values as one gauge with a label; nothing when they are not known. */
  public Exposition gauges(
      String name, String help, String label, Supplier<? extends Map<String, Double>> values) {
    families.add(
        () -> {
          GaugeSnapshot.Builder family = GaugeSnapshot.builder().name(name(name)).help(help);
          values
              .get()
              .forEach(
                  (value, v) ->
                      family.dataPoint(
                          GaugeDataPointSnapshot.builder()
                              .labels(Labels.of(label, value))
                              .value(v)
                              .build()));
          return family.build();
        });
    return this;
  }

  private String name(String name) {
    return prefix + "_" + name;
  }

  /** One that fails is left out: the others are wanted most when something is wrong. */
  @Override
  public MetricSnapshots collect() {
    MetricSnapshots.Builder shown = MetricSnapshots.builder();
    for (Supplier<MetricSnapshot> family : families) {
      try {
        shown.metricSnapshot(family.get());
      } catch (RuntimeException e) {
        LOG.debug("a metric cannot be shown", e);
      }
    }
    return shown.build();
  }

  /** Answers on the admin port under {@code /metrics/prometheus}, with what the JVM says too. */
  public void serve(AdminEnvironment admin) {
    PrometheusRegistry registry = new PrometheusRegistry();
    JvmMetrics.builder().register(registry);
    registry.register(this);
    admin
        .addServlet("prometheus", new PrometheusMetricsServlet(registry))
        .addMapping("/metrics/prometheus");
  }
}
