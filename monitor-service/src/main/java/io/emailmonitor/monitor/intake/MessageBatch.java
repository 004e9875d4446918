package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.delivery.Receipt;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.service.logging.Concerning;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages of one mailbox on their way from fetched to recorded: hands on what the lanes have
 * fetched, and records a message once every attachment of it has its outcome. For one thread.
 */
final class MessageBatch {
  private static final Logger LOG = LoggerFactory.getLogger(MessageBatch.class);

  /** What batches are worked with. */
  record Tools(
      Delivery delivery, Journal journal, boolean followUp, RetrySchedule retries, Clock clock) {}

  /** Every write costs the database a commit to disk; what is not written is fetched again. */
  private static final Duration WRITE_INTERVAL = Duration.ofSeconds(1);

  /** What has been handed on of a message that has not ended yet. */
  private record Begun(Work work, List<AttachmentRecord> handedOn) {}

  private final Tools tools;
  private final Mailbox mailbox;
  private final Brake brake;
  private final Duration writeInterval;
  private final Map<String, Begun> begun = new HashMap<>();
  private final Set<String> held = new HashSet<>();
  private final List<MailRecord> ready = new ArrayList<>();
  private long lastWritten = System.nanoTime();

  MessageBatch(Tools tools, Mailbox mailbox, Brake brake) {
    this(tools, mailbox, brake, WRITE_INTERVAL);
  }

  MessageBatch(Tools tools, Mailbox mailbox, Brake brake, Duration writeInterval) {
    this.tools = tools;
    this.mailbox = mailbox;
    this.brake = brake;
    this.writeInterval = writeInterval;
  }

  /**
   * Hands on all that the lanes have found since the last time, in one go. Records are written
   * together, too: at the end, and now and then on a long way there.
   *
   * @param last whether the lanes are closed
   * @return the messages that ended and are now durable in the ledger
   */
  List<MailRecord> settle(Collection<Finding> findings, boolean last) {
    List<Finding.Fetched> fetched = only(Finding.Fetched.class, findings);
    if (!fetched.isEmpty()) {
      handOn(fetched);
    }
    only(Finding.Ended.class, findings).forEach(ended -> record(ended).ifPresent(ready::add));
    boolean longAgo = System.nanoTime() - lastWritten > writeInterval.toNanos();
    boolean any = !ready.isEmpty() || !begun.isEmpty();
    return any && (last || longAgo) ? write() : List.of();
  }

  /**
   * Also writes what has been handed on of messages that go on: however often the process is
   * killed, it gets to the end of a message that takes longer than it lives.
   */
  private List<MailRecord> write() {
    List<MailRecord> ended = List.copyOf(ready);
    List<MailRecord> all = new ArrayList<>(ended);
    begun.values().forEach(part -> all.add(toBeContinued(part.work(), part.handedOn())));
    tools.journal.record(all, tools.followUp);
    // Whoever gets a part done each time is not what the process dies over.
    tools.journal.end(mailbox, List.copyOf(begun.keySet()));
    ready.clear();
    lastWritten = System.nanoTime();
    return ended;
  }

  private static <T extends Finding> List<T> only(Class<T> type, Collection<Finding> findings) {
    return findings.stream().filter(type::isInstance).map(type::cast).toList();
  }

  private void handOn(List<Finding.Fetched> fetched) {
    List<EncodedTask> tasks = fetched.stream().map(Finding.Fetched::task).toList();
    List<Receipt> receipts = tools.delivery.deliver(tasks);
    Instant now = tools.clock.instant();
    for (int i = 0; i < tasks.size(); i++) {
      Work work = fetched.get(i).work();
      if (receipts.get(i) instanceof Receipt.Delivered receipt) {
        begin(work).handedOn().add(Outcomes.delivered(fetched.get(i), receipt, now));
      } else if (receipts.get(i) instanceof Receipt.Waiting receipt) {
        begin(work).handedOn().add(Outcomes.waiting(fetched.get(i), receipt, now));
      } else if (receipts.get(i) instanceof Receipt.Refused receipt) {
        AttachmentRecord record = Outcomes.refused(fetched.get(i), receipt, now);
        String name = LogNames.of(mailbox, work.mail(), record.attachmentId());
        Concerning concerning = LogNames.concerning(mailbox, work.mail(), record.attachmentId());
        try (concerning) {
          LOG.warn("{}: {}", name, receipt.why());
        }
        begin(work).handedOn().add(record);
      } else if (receipts.get(i) instanceof Receipt.Held receipt) {
        held.add(work.mail().id());
        brake.pull(Stop.of(Stop.Kind.HELD, receipt.why()));
      }
    }
  }

  private Begun begin(Work work) {
    return begun.computeIfAbsent(work.mail().id(), id -> new Begun(work, new ArrayList<>()));
  }

  private Optional<MailRecord> record(Finding.Ended ended) {
    Work work = ended.work();
    List<AttachmentRecord> outcomes = new ArrayList<>(ended.settled());
    Begun part = begun.remove(work.mail().id());
    outcomes.addAll(part == null ? List.of() : part.handedOn());
    if (ended.how() == Finding.How.UNCHANGED) {
      return Optional.empty();
    }
    if (held.contains(work.mail().id()) || ended.how() == Finding.How.CUT_SHORT) {
      return part == null ? Optional.empty() : Optional.of(toBeContinued(work, outcomes));
    }
    int attempts = work.attempts() + 1;
    return Optional.of(
        switch (ended.how()) {
          case COMPLETE ->
              record(work, MailRecord.State.DONE, attempts, null, ended.problem(), outcomes);
          case FAILED_FOR_GOOD ->
              record(work, MailRecord.State.FAILED, attempts, null, ended.problem(), outcomes);
          case FAILED_FOR_NOW, CUT_SHORT, UNCHANGED -> {
            Instant next = tools.clock.instant().plus(tools.retries.after(attempts).orElseThrow());
            yield record(
                work, MailRecord.State.RETRYING, attempts, next, ended.problem(), outcomes);
          }
        });
  }

  /**
   * A part of it has been handed on: that is recorded, so that it is not handed on again even when
   * the queue has forgotten the task.
   */
  private MailRecord toBeContinued(Work work, List<AttachmentRecord> outcomes) {
    String why = brake.pulled().map(Stop::why).orElse(null);
    return record(
        work, MailRecord.State.RETRYING, work.attempts(), tools.clock.instant(), why, outcomes);
  }

  private MailRecord record(
      Work work,
      MailRecord.State state,
      int attempts,
      @Nullable Instant next,
      @Nullable String problem,
      List<AttachmentRecord> outcomes) {
    return new MailRecord(
        mailbox.address(),
        work.folder(),
        work.mail(),
        state,
        work.firstSeenAt(),
        attempts,
        next,
        problem,
        work.note(),
        outcomes);
  }
}
