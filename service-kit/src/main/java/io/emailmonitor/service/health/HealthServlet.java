package io.emailmonitor.service.health;

import com.codahale.metrics.health.HealthCheck;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Answers probes: 200 when the checks that concern them are green, else 503, and in any case which
 * check says what.
 */
final class HealthServlet extends HttpServlet {
  private static final long serialVersionUID = 1;

  private final transient Supplier<? extends Map<String, HealthCheck.Result>> checks;
  private final transient ObjectMapper mapper;

  private HealthServlet(
      Supplier<? extends Map<String, HealthCheck.Result>> checks, ObjectMapper mapper) {
    this.checks = checks;
    this.mapper = mapper;
  }

  /**
   * Puts {@code /health/live} and {@code /health/ready} on the admin port. A process is alive while
   * its loops run, and ready while all checks are green: a restart helps only where it is not
   * alive.
   */
  static void serve(Environment environment, Checkups checkups) {
    add(environment, "live", checkups::alive);
    add(environment, "ready", checkups::ready);
  }

  private static void add(
      Environment environment,
      String name,
      Supplier<? extends Map<String, HealthCheck.Result>> checks) {
    environment
        .admin()
        .addServlet("health-" + name, new HealthServlet(checks, environment.getObjectMapper()))
        .addMapping("/health/" + name);
  }

  record Answer(String status, Map<String, Check> checks) {}

  record Check(boolean healthy, @Nullable String message) {}

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Map<String, Check> results = new TreeMap<>();
    checks.get().forEach((name, result) -> results.put(name, shown(result)));
    boolean healthy = results.values().stream().allMatch(Check::healthy);
    response.setStatus(healthy ? 200 : 503);
    response.setContentType("application/json");
    mapper.writeValue(response.getOutputStream(), new Answer(healthy ? "ok" : "failed", results));
  }

  /** A check that broke is told by its kind: the message may quote anything. */
  private static Check shown(HealthCheck.Result result) {
    Throwable error = result.getError();
    return new Check(
        result.isHealthy(),
        error == null ? result.getMessage() : "broke: " + error.getClass().getSimpleName());
  }
}
