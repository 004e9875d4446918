package io.emailmonitor.monitor;

import com.codahale.metrics.health.HealthCheck;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.queue.QueueHealth;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueUnavailableException;
import java.util.function.Supplier;

/** The health checks: each says what is wrong and what helps. */
final class Checks {
  private Checks() {}

  static HealthCheck graph(MailSource source) {
    return check(
        () -> {
          try {
            source.check();
            return HealthCheck.Result.healthy("Graph answers");
          } catch (MailSourceException e) {
            return HealthCheck.Result.unhealthy(sentence(e) + cure(e.kind()));
          }
        });
  }

  private static String cure(MailSourceException.Kind kind) {
    return switch (kind) {
      case UNAUTHENTICATED ->
          "Check AZURE_TENANT_ID, AZURE_CLIENT_ID and AZURE_CLIENT_SECRET, and whether the secret has expired";
      case THROTTLED -> "It goes on by itself when Graph allows it";
      case UNAVAILABLE -> "Check GRAPH_BASE_URL and the network; it goes on by itself";
      default -> "Check the permissions of the app registration";
    };
  }

  static HealthCheck redis(QueueInspector queue) {
    return check(
        () -> {
          try {
            return verdict(queue.health());
          } catch (QueueUnavailableException e) {
            return HealthCheck.Result.unhealthy(
                sentence(e)
                    + "Check that Redis runs and REDIS_URL, or REDIS_HOST and REDIS_PORT; nothing is lost, it goes on by itself");
          }
        });
  }

  private static HealthCheck.Result verdict(QueueHealth health) {
    if (!health.problems().isEmpty()) {
      return HealthCheck.Result.unhealthy(String.join("; ", health.problems()));
    }
    return HealthCheck.Result.healthy(
        health.warnings().isEmpty()
            ? health.server() + " answers"
            : String.join("; ", health.warnings()));
  }

  static HealthCheck ledger(History history) {
    return check(
        () -> {
          try {
            history.check();
            return HealthCheck.Result.healthy("The ledger answers");
          } catch (RuntimeException e) {
            return HealthCheck.Result.unhealthy(
                "The ledger does not answer: "
                    + sentence(e)
                    + "Check DATABASE_URL and whether its disk is full");
          }
        });
  }

  static HealthCheck poller(Intake intake) {
    return check(
        () ->
            intake
                .problem()
                .map(HealthCheck.Result::unhealthy)
                .orElseGet(() -> HealthCheck.Result.healthy("Mailboxes are looked at")));
  }

  private static String sentence(RuntimeException e) {
    String text = String.valueOf(e.getMessage());
    return text + (text.endsWith(".") ? " " : ". ");
  }

  private static HealthCheck check(Supplier<HealthCheck.Result> question) {
    return new HealthCheck() {
      @Override
      protected Result check() {
        return question.get();
      }
    };
  }
}
