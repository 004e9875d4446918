package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.ContentTooLargeException;
import io.emailmonitor.monitor.content.Detected;
import io.emailmonitor.monitor.content.Unpacker;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.service.logging.Concerning;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One attempt at one message: lists its attachments, judges them, fetches the wanted ones. A bad
 * attachment never keeps its siblings from being fetched. For one thread and one message.
 */
final class MessageFetch {
  private static final Logger LOG = LoggerFactory.getLogger(MessageFetch.class);

  /** What attempts are made with. */
  record Tools(
      MailSource source,
      AttachmentFilter filter,
      AttachmentFetch content,
      Unpacker unpacker,
      RetrySchedule retries,
      Clock clock) {}

  private final Tools tools;
  private final Mailbox mailbox;
  private final Reach reach;
  private final Brake brake;
  private final Consumer<Finding.Fetched> out;
  private final List<AttachmentRecord> settled = new ArrayList<>();
  private Work work;
  private final List<Attachment> failedForNow = new ArrayList<>();
  private @Nullable String problem;

  MessageFetch(
      Tools tools,
      Mailbox mailbox,
      Work work,
      Reach reach,
      Brake brake,
      Consumer<Finding.Fetched> out) {
    this.tools = tools;
    this.mailbox = mailbox;
    this.reach = reach;
    this.work = work;
    this.brake = brake;
    this.out = out;
  }

  /** Hands what it fetches to the consumer while it goes on, and returns how it ended. */
  Finding.Ended run() throws InterruptedException {
    Concerning concerning = LogNames.concerning(mailbox);
    try (concerning) {
      return attempt();
    }
  }

  private Finding.Ended attempt() throws InterruptedException {
    try {
      if (work.mail().isIdOnly()) {
        work = work.with(tools.source.mail(mailbox, work.mail().id()));
      }
      List<Attachment> wanted = judge(tools.source.attachments(mailbox, work.mail()));
      if (work.recheck() && wanted.isEmpty() && settled.isEmpty()) {
        return end(Finding.How.UNCHANGED);
      }
      fetch(wanted);
    } catch (MailSourceException e) {
      return unlisted(e);
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      problem = Failure.words(e);
      LOG.error("{}: {}", LogNames.of(mailbox, work.mail()), problem, Failure.trace(e));
      return work.recheck() ? end(Finding.How.UNCHANGED) : unfinished();
    }
    return failedForNow.isEmpty() ? end(Finding.How.COMPLETE) : unfinished();
  }

  /** Leaves the wanted ones that have no outcome yet. */
  private List<Attachment> judge(List<Attachment> listed) {
    List<Attachment> wanted = new ArrayList<>();
    Set<String> seen = new HashSet<>(work.settled());
    for (Attachment attachment : listed) {
      boolean incomplete =
          work.incomplete().contains(attachment.id())
              && tools.unpacker.format(attachment).isPresent();
      if (seen.add(attachment.id()) || incomplete) {
        Verdict verdict = tools.filter.judge(work.mail(), attachment);
        if (incomplete) {
          wanted.add(attachment);
        } else if (verdict instanceof Verdict.Reject reject) {
          settle(attachment, Outcome.SKIPPED, reject.reason(), reject.detail());
        } else {
          wanted.add(attachment);
        }
      }
    }
    return wanted;
  }

  private void fetch(List<Attachment> wanted) throws InterruptedException {
    if (wanted.isEmpty()) {
      return;
    }
    String body;
    try {
      body = body();
    } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
      wanted.forEach(attachment -> failed(attachment, e));
      return;
    }
    for (Attachment attachment : wanted) {
      if (brake.isPulled()) {
        failedForNow.add(attachment);
      } else {
        Concerning concerning = LogNames.concerning(mailbox, work.mail(), attachment.id());
        try (concerning) {
          fetch(attachment, body);
        }
      }
    }
  }

  /** An unreadable body does not keep the attachments back. */
  private String body() {
    try {
      return tools.source.bodyText(mailbox, work.mail().id());
    } catch (MailSourceException e) {
      if (e.kind() != MailSourceException.Kind.REJECTED) {
        throw e;
      }
      problem = "handed on without its text: " + Failure.words(e);
      LOG.warn("{}: {}", LogNames.of(mailbox, work.mail()), problem);
      return "";
    }
  }

  private void fetch(Attachment attachment, String body) throws InterruptedException {
    try {
      if (tools.unpacker.format(attachment).isPresent()) {
        new ContentsFetch(tools, mailbox, work, body, brake, new Within()).fetch(attachment);
      } else {
        handOn(tools.content.fetch(mailbox, work, body, attachment), attachment);
      }
    } catch (ContentTooLargeException e) {
      settle(attachment, Outcome.SKIPPED, Reason.TOO_LARGE, tooLarge(e));
    } catch (AttachmentFetch.UnwantedException e) {
      Verdict.Reject reject = e.verdict;
      settle(attachment, Outcome.SKIPPED, e.detected, reject.reason(), reject.detail(), null);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      failed(attachment, e);
    }
  }

  private void handOn(Finding.Fetched fetched, Attachment attachment) {
    if (tools.filter.judgeContent(fetched.task().task().attachmentSize())
        instanceof Verdict.Reject reject) {
      fetched.room().release();
      settle(attachment, Outcome.SKIPPED, reject.reason(), reject.detail());
    } else {
      out.accept(fetched);
    }
  }

  private void failed(Attachment attachment, Throwable e) {
    if (e instanceof MailSourceException refusal) {
      Optional<Stop> stop = reach.stop(work, refusal);
      stop.ifPresent(brake::pull);
      if (stop.isEmpty() && isForGood(refusal, attachment)) {
        settle(attachment, Outcome.FAILED, reason(refusal), Failure.words(e));
        return;
      }
    } else if (!(e instanceof IOException)) {
      String task = LogNames.of(mailbox, work.mail(), attachment.id());
      LOG.error("{}: {}", task, Failure.words(e), Failure.trace(e));
    }
    failedForNow.add(attachment);
    problem = Failure.words(e);
  }

  private Finding.Ended unlisted(MailSourceException e) {
    problem = Failure.words(e);
    Optional<Stop> stop = reach.stop(work, e);
    stop.ifPresent(brake::pull);
    if (work.recheck()) {
      return end(Finding.How.UNCHANGED);
    }
    return stop.isEmpty() && isForGood(e, null) ? end(Finding.How.FAILED_FOR_GOOD) : unfinished();
  }

  private Finding.Ended unfinished() {
    if (brake.isPulled()) {
      return end(Finding.How.CUT_SHORT);
    }
    if (tools.retries.after(work.attempts() + 1).isPresent()) {
      return end(Finding.How.FAILED_FOR_NOW);
    }
    failedForNow.forEach(
        attachment -> settle(attachment, Outcome.FAILED, Reason.GAVE_UP, String.valueOf(problem)));
    return end(Finding.How.FAILED_FOR_GOOD);
  }

  private Finding.Ended end(Finding.How how) {
    return new Finding.Ended(work, how, settled, problem);
  }

  private boolean isForGood(MailSourceException e, @Nullable Attachment attachment) {
    return e.kind() == MailSourceException.Kind.REJECTED
        || (e.kind() == MailSourceException.Kind.GONE && isGone(attachment));
  }

  /**
   * What is being moved may not be found for a moment. Its immutable id stays the same, so a second
   * look tells; when that fails in another way, a later attempt does.
   */
  private boolean isGone(@Nullable Attachment attachment) {
    try {
      tools.source.mail(mailbox, work.mail().id());
      return attachment != null
          && tools.source.attachments(mailbox, work.mail()).stream()
              .noneMatch(listed -> listed.id().equals(attachment.id()));
    } catch (MailSourceException e) {
      Stop.of(e).ifPresent(brake::pull);
      return e.kind() == MailSourceException.Kind.GONE;
    }
  }

  private static Reason reason(MailSourceException e) {
    return e.kind() == MailSourceException.Kind.GONE ? Reason.GONE : Reason.REFUSED;
  }

  static String tooLarge(ContentTooLargeException e) {
    return "more than " + e.limit() + " bytes";
  }

  private void settle(Attachment attachment, Outcome outcome, Reason reason, String detail) {
    settle(attachment, outcome, Detected.NOTHING, reason, detail, null);
  }

  private void settle(
      Attachment attachment,
      Outcome outcome,
      Detected detected,
      Reason reason,
      String detail,
      @Nullable Integer contained) {
    settled.add(
        Outcomes.without(
            attachment, outcome, detected, reason, detail, contained, tools.clock.instant()));
  }

  /** What becomes of attachments within others becomes of the message's. */
  private final class Within implements ContentsFetch.Results {
    @Override
    public void handOn(Finding.Fetched fetched) {
      MessageFetch.this.handOn(fetched, fetched.attachment());
    }

    @Override
    public void settle(
        Attachment attachment,
        Outcome outcome,
        Detected detected,
        Reason reason,
        String detail,
        @Nullable Integer contained) {
      MessageFetch.this.settle(attachment, outcome, detected, reason, detail, contained);
    }

    @Override
    public void failed(Attachment attachment, Throwable failure) {
      MessageFetch.this.failed(attachment, failure);
    }

    @Override
    public void left(Attachment attachment) {
      failedForNow.add(attachment);
    }
  }
}
