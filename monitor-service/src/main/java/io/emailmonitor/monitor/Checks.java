package io.emailmonitor.monitor;

import com.codahale.metrics.health.HealthCheck;
import io.emailmonitor.monitor.delivery.Backlog;
import io.emailmonitor.monitor.delivery.Fallback;
import io.emailmonitor.monitor.delivery.LocalStorage;
import io.emailmonitor.monitor.delivery.ResultReader;
import io.emailmonitor.monitor.delivery.Retention;
import io.emailmonitor.monitor.intake.CycleReport;
import io.emailmonitor.monitor.intake.Intake;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.LedgerFailure;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.queue.QueueHealth;
import io.emailmonitor.queue.QueueInspector;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.service.health.Checkups;
import io.emailmonitor.service.health.Repeated;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** The health checks: each says what is wrong and what helps, and none takes long. */
final class Checks {
  private final Checkups checkups;

  Checks(Checkups checkups) {
    this.checkups = checkups;
  }

  /** Registers a check for each part that there is. */
  void watch(
      MailSource source, Optional<? extends QueueInspector> queue, History history, Intake intake) {
    checkups.far("graph", graph(source));
    queue.ifPresent(q -> checkups.far("redis", redis(q)));
    checkups.far("ledger", ledger(history));
    checkups.far("poller", poller(intake));
    checkups.loop("intake-loop", () -> list(intake.dead()), "The loop of cycles goes round");
  }

  void watch(ResultReader results) {
    checkups.far("results", results(results));
    checkups.loop("results-loop", () -> list(results.dead()), "Workers' results are being read");
  }

  void watch(Fallback fallback) {
    checkups.far("waiting", waiting(fallback));
    checkups.loop(
        "waiting-loop", () -> list(fallback.dead()), "What waits is carried to the queue");
  }

  void watch(Repeated care) {
    checkups.loop("care-loop", () -> list(care.dead()), "The queue is looked after");
  }

  void watch(Retention retention) {
    checkups.far("retention", retention(retention));
    checkups.loop("retention-loop", () -> list(retention.dead()), "What is old is removed");
  }

  void watch(LocalStorage storage) {
    checkups.far("storage", storage(storage));
  }

  private static List<String> list(Optional<String> problem) {
    return problem.map(List::of).orElse(List.of());
  }

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
      case UNAUTHENTICATED -> "The command doctor tells more";
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
                sentence(e) + "Nothing is lost: it goes on by itself");
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
                LedgerFailure.words(e)
                    .orElseGet(() -> "The ledger does not answer: " + e.getMessage()));
          }
        });
  }

  static HealthCheck poller(Intake intake) {
    return check(
        () ->
            intake
                .problem()
                .map(HealthCheck.Result::unhealthy)
                .or(() -> intake.lastCycle().map(Checks::verdict))
                .orElseGet(() -> HealthCheck.Result.healthy("The first cycle runs")));
  }

  static HealthCheck storage(LocalStorage storage) {
    return check(
        () ->
            storage
                .problem()
                .map(problem -> "Mailboxes pause: " + problem + ". Make room; it goes on by itself")
                .map(HealthCheck.Result::unhealthy)
                .orElseGet(() -> HealthCheck.Result.healthy("Attachments can be stored")));
  }

  static HealthCheck retention(Retention retention) {
    return check(
        () ->
            retention
                .problem()
                .map(HealthCheck.Result::unhealthy)
                .orElseGet(() -> HealthCheck.Result.healthy("What is old is removed")));
  }

  static HealthCheck results(ResultReader results) {
    return check(
        () ->
            results
                .problem()
                .map(HealthCheck.Result::unhealthy)
                .orElseGet(() -> HealthCheck.Result.healthy("Workers' results are recorded")));
  }

  /** That tasks wait is told; that no more can wait is red, and that they do not leave. */
  static HealthCheck waiting(Fallback fallback) {
    return check(
        () -> {
          Backlog backlog = fallback.backlog();
          if (backlog.problem() != null) {
            return HealthCheck.Result.unhealthy(
                "Mailboxes pause: "
                    + backlog.problem()
                    + ". Bring Redis back or make room; it goes on by itself");
          } else if (backlog.tasks() == 0) {
            return fallback
                .problem()
                .map(HealthCheck.Result::unhealthy)
                .orElseGet(() -> HealthCheck.Result.healthy("Nothing waits for the queue"));
          }
          String told =
              "%d tasks of %d bytes are stored and wait for the queue%s. They go there by themselves"
                  .formatted(
                      backlog.tasks(),
                      backlog.bytes(),
                      backlog.since() == null ? "" : ", the oldest since " + backlog.since());
          return fallback.dead().isEmpty()
              ? HealthCheck.Result.healthy(told + fallback.problem().map(p -> ". " + p).orElse(""))
              : HealthCheck.Result.unhealthy(fallback.problem().orElse(told));
        });
  }

  /** One mailbox in trouble is told; nothing but trouble is red. */
  private static HealthCheck.Result verdict(CycleReport cycle) {
    List<String> troubles = new ArrayList<>(cycle.problems());
    cycle.mailboxes().stream()
        .filter(mailbox -> mailbox.paused() != null)
        .forEach(mailbox -> troubles.add(mailbox.mailbox() + ": " + mailbox.paused()));
    if (troubles.isEmpty()) {
      return HealthCheck.Result.healthy("Every mailbox was read to its end");
    }
    String told =
        troubles.size() == 1
            ? troubles.get(0)
            : troubles.size() + " problems, the first: " + troubles.get(0);
    boolean allInTrouble = cycle.mailboxes().stream().allMatch(m -> m.paused() != null);
    return allInTrouble ? HealthCheck.Result.unhealthy(told) : HealthCheck.Result.healthy(told);
  }

  private static String sentence(RuntimeException e) {
    String text = String.valueOf(e.getMessage());
    return text + (text.endsWith(".") || text.endsWith("?") ? " " : ". ");
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
