package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.FollowUpRecord;
import io.emailmonitor.monitor.ledger.FollowUps;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does in the mailbox what is to be done with messages whose attachments are taken, some of them at
 * a time. What fails has its own schedule and keeps nothing else from being done. For one thread.
 */
final class Aftercare implements Stage {
  private static final Logger LOG = LoggerFactory.getLogger(Aftercare.class);
  private static final int AT_ONCE = 20;

  /** How long to wait for somebody to grant a permission or make a folder. */
  private static final Duration PATIENCE = Duration.ofHours(1);

  /** What it is done with. */
  record Tools(
      FollowUp wanted, MailSource source, FollowUps ledger, RetrySchedule retries, Clock clock) {

    boolean anyDue(Mailbox mailbox) {
      return !wanted.isNone() && !ledger.due(mailbox, clock.instant(), 1).isEmpty();
    }

    /** Why some are not due yet. */
    Optional<String> problem(Mailbox mailbox) {
      return wanted.isNone()
          ? Optional.empty()
          : ledger.problem(mailbox, clock.instant()).map(Aftercare::words);
    }
  }

  private final Tools tools;
  private final Mailbox mailbox;
  private final Workbench bench;
  private final VisitLog log;
  private final Consumer<String> problems;

  Aftercare(
      Tools tools, Mailbox mailbox, Workbench bench, VisitLog log, Consumer<String> problems) {
    this.tools = tools;
    this.mailbox = mailbox;
    this.bench = bench;
    this.log = log;
    this.problems = problems;
  }

  @Override
  public boolean page() {
    List<FollowUpRecord> due = tools.ledger.due(mailbox, tools.clock.instant(), AT_ONCE);
    for (FollowUpRecord followUp : due) {
      if (bench.isStopped() || !attempt(followUp)) {
        return false;
      }
    }
    return due.size() == AT_ONCE;
  }

  /** Returns whether others can be expected to do better. */
  private boolean attempt(FollowUpRecord followUp) {
    FollowUpRecord after;
    boolean goOn = true;
    try {
      tools.source.follow(mailbox, followUp.mail(), tools.wanted);
      after = followUp.done();
    } catch (MailSourceException e) {
      Optional<Stop> stop = Stop.of(e);
      if (stop.isPresent()) {
        bench.stop(e);
        return false;
      }
      after = failed(followUp, e);
      goOn = isOfTheMessage(e);
    } catch (RuntimeException e) {
      LOG.error(
          "{}: {}", LogNames.of(mailbox, followUp.mail()), Failure.words(e), Failure.trace(e));
      after = again(followUp, Failure.words(e));
    }
    tools.ledger.save(after);
    log.followedUp(after);
    return goOn;
  }

  private FollowUpRecord failed(FollowUpRecord followUp, MailSourceException e) {
    String why = Failure.words(e);
    if (isOfTheMessage(e)) {
      return followUp.failed(why);
    }
    problems.accept(words(why));
    return e.kind() == Kind.FORBIDDEN || e.kind() == Kind.FOLDER_GONE
        ? followUp.postponed(tools.clock.instant().plus(PATIENCE), why)
        : again(followUp, why);
  }

  private static String words(String why) {
    return "messages stay as they are: " + why;
  }

  private static boolean isOfTheMessage(MailSourceException e) {
    return e.kind() == Kind.GONE || e.kind() == Kind.REJECTED;
  }

  private FollowUpRecord again(FollowUpRecord followUp, String why) {
    Instant now = tools.clock.instant();
    return tools
        .retries
        .after(followUp.attempts() + 1)
        .map(wait -> followUp.retried(now.plus(wait), why))
        .orElseGet(() -> followUp.failed(why));
  }
}
