package io.emailmonitor.service.health;

import com.codahale.metrics.health.HealthCheck;
import com.codahale.metrics.health.HealthCheckRegistry;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.lifecycle.AutoCloseableManager;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * The health checks of a process: each says what is wrong and what helps, none takes long, and
 * asking often costs nothing. Safe for use by several threads.
 */
public final class Checkups {
  private static final Duration PATIENCE = Duration.ofSeconds(3);
  private static final Duration PATIENCE_FOR_ALL = PATIENCE.plusSeconds(1);

  private final HealthCheckRegistry registry;
  private final InstantSource clock;
  private final ExecutorService askers;
  private final Recent<SortedMap<String, HealthCheck.Result>> all;

  public Checkups(Environment environment, InstantSource clock) {
    this.registry = environment.healthChecks();
    this.clock = clock;
    this.askers =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, "health-check");
              thread.setDaemon(true);
              return thread;
            });
    this.all =
        new Recent<>(() -> registry.runHealthChecks(askers), askers, clock, PATIENCE_FOR_ALL);
    environment.lifecycle().manage(new AutoCloseableManager(askers::shutdownNow));
    HealthServlet.serve(environment, this);
  }

  /** Registers a check that asks something far away. */
  public void far(String name, HealthCheck check) {
    registry.register(name, new BoundedCheck(check, askers, clock, PATIENCE));
  }

  /** Registers a check of one of the process's own loops; see {@link LoopCheck}. */
  public void loop(String name, Supplier<List<String>> problems, String well) {
    registry.register(name, new LoopCheck(problems, well));
  }

  /** Makes a question to something far away as quick and cheap as the checks are. */
  public <T> Recent<T> recent(Supplier<T> question) {
    return new Recent<>(question, askers, clock, PATIENCE);
  }

  /** The loops alone. */
  SortedMap<String, HealthCheck.Result> alive() {
    return registry.runHealthChecks((name, check) -> check instanceof LoopCheck);
  }

  /** All checks, some seconds ago at most. */
  SortedMap<String, HealthCheck.Result> ready() {
    try {
      return all.get().orElseGet(Checkups::noAnswer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return noAnswer();
    }
  }

  private static SortedMap<String, HealthCheck.Result> noAnswer() {
    return new TreeMap<>(
        Map.of("checks", HealthCheck.Result.unhealthy("The checks themselves take too long")));
  }

  /** By name of the check: 1 for green, 0 for red. */
  public Map<String, Double> green() {
    Map<String, Double> green = new TreeMap<>();
    ready().forEach((name, result) -> green.put(name, result.isHealthy() ? 1.0 : 0.0));
    return green;
  }
}
