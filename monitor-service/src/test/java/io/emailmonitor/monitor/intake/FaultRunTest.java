package io.emailmonitor.monitor.intake;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Counter;
import com.codahale.metrics.MetricFilter;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.content.Contained;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.FollowUpRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import io.emailmonitor.simulator.Truth.FolderTruth;
import io.emailmonitor.simulator.Truth.MailboxTruth;
import io.emailmonitor.simulator.Truth.MessageTruth;
import io.emailmonitor.simulator.Truth.WithinTruth;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever Graph, the network and Redis do, and in whatever order: the ledger agrees with what the
 * simulator knows to be true. More runs: {@code -Demailmonitor.faultRuns=100}, other ones: {@code
 * -Demailmonitor.faultSeed=N}.
 */
class FaultRunTest {
  /**
   * A fault makes at most so many requests be made again: four lanes are under way when it hits.
   */
  private static final int REQUESTS_PER_HIT = 25;

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private final List<String> wrong = new ArrayList<>();
  private final Map<String, DecodedTask> queued = new HashMap<>();
  private final Map<String, MailRecord> recorded = new HashMap<>();

  static LongStream seeds() {
    long first = Long.getLong("emailmonitor.faultSeed", 1);
    return LongStream.range(first, first + Long.getLong("emailmonitor.faultRuns", 4));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void givesEveryAttachmentOneOutcome_andQueuesItOnce_whateverFails(
      long seed, @TempDir Path directory) throws IOException {
    try (FaultRun run = new FaultRun(seed, redis, directory)) {
      try {
        run.run();
        compare(run);
      } catch (RuntimeException | AssertionError e) {
        wrong.add("broke: " + e);
      }
      assertThat(wrong)
          .as("seed %d; what happened:%n%s", seed, String.join("\n", run.events))
          .isEmpty();
    }
  }

  private void compare(FaultRun run) {
    for (DecodedTask task : run.taken) {
      if (queued.put(task.task().taskId(), task) != null) {
        wrong.add("twice on the queue: " + task.task());
      }
    }
    for (MailRecord mail : run.station.history().recent(0, Integer.MAX_VALUE)) {
      recorded.put(mail.mail().id(), mail);
      run.station
          .followUps()
          .of(mail)
          .filter(followUp -> followUp.state() == FollowUpRecord.State.WAITING)
          .ifPresent(followUp -> wrong.add("still to be moved: " + followUp));
    }
    for (MailboxTruth mailbox : run.simulator.truth().mailboxes()) {
      for (FolderTruth folder : mailbox.folders()) {
        for (MessageTruth message : folder.messages()) {
          boolean there = folder.path().equals("inbox");
          new Comparison(mailbox.address(), message, there, false).run();
        }
      }
      mailbox
          .deleted()
          .forEach(message -> new Comparison(mailbox.address(), message, false, true).run());
    }
    if (!run.station.followUp.isNone() && run.station.counted("followUps.done") == 0) {
      wrong.add("nothing was moved after success");
    }
    compareCounts(run);
    recorded.values().forEach(mail -> wrong.add("no such message: " + mail));
    queued.values().forEach(task -> wrong.add("nothing is known of " + task.task()));
    compareRequests(run);
  }

  /** Whatever became of them, and however often they were tried. */
  private void compareCounts(FaultRun run) {
    long outcomes = 0;
    for (String outcome : List.of("enqueued", "stored", "skipped", "failed")) {
      outcomes += run.station.counted(outcome);
    }
    if (run.station.counted("fetched") != outcomes) {
      wrong.add(run.station.counted("fetched") + " were fetched, " + outcomes + " have outcomes");
    }
    for (String outcome : List.of("skipped", "failed")) {
      String prefix = "intake." + outcome + ".";
      long reasons =
          run.station.metrics.getCounters(MetricFilter.startsWith(prefix)).values().stream()
              .mapToLong(Counter::getCount)
              .sum();
      if (run.station.counted(outcome) != reasons) {
        wrong.add(run.station.counted(outcome) + " " + outcome + ", for " + reasons + " reasons");
      }
    }
  }

  private void compareRequests(FaultRun run) {
    long requests = 0;
    for (String mailbox : run.mailboxes()) {
      requests += run.simulator.requests(mailbox);
      if (run.simulator.maxInFlight(mailbox) > 4) {
        wrong.add("too many requests at a time: " + run.simulator.maxInFlight(mailbox));
      }
    }
    long perMessage = run.station.followUp.isNone() ? 2 : 5;
    long needed =
        run.simulator.totals().messages() * perMessage + run.simulator.totals().attachments();
    long visits = (long) run.cycles() * run.mailboxes().size() * 2;
    // A sweep lists every message, in pages of one at least, and its attachments once more.
    long swept = run.station.counted("reconciled.messages") * 2;
    swept += run.station.counted("reconciled.mailboxes") * 2;
    long allowed = needed + visits + swept + (long) run.hits() * REQUESTS_PER_HIT;
    if (requests > allowed) {
      wrong.add(requests + " requests, where " + allowed + " are enough");
    }
  }

  /** What the simulator knows of one attachment, be it within another or not. */
  private record Expected(String id, String name, int size, String sha256, boolean holds) {
    static Expected of(AttachmentTruth truth) {
      return new Expected(
          truth.id(),
          truth.name(),
          truth.size(),
          String.valueOf(truth.sha256()),
          !truth.within().isEmpty());
    }

    static Expected of(AttachmentTruth outer, WithinTruth truth) {
      return new Expected(
          outer.id() + Contained.SEPARATOR + truth.path(),
          truth.name(),
          truth.size(),
          truth.sha256(),
          !truth.within().isEmpty());
    }
  }

  /** One message, and what the ledger and the queue know of it. */
  private final class Comparison {
    private final String mailbox;
    private final MessageTruth message;
    private final boolean there;
    private final boolean deleted;
    private @Nullable MailRecord mail;

    /**
     * Of one message.
     *
     * @param there whether who reads the inbox completely knows it
     * @param deleted whether it is gone for good
     */
    Comparison(String mailbox, MessageTruth message, boolean there, boolean deleted) {
      this.mailbox = mailbox;
      this.message = message;
      this.there = there;
      this.deleted = deleted;
    }

    void run() {
      mail = recorded.remove(message.id());
      long moves =
          message.history().stream()
              .filter(e -> e.kind().equals("moved") && e.folder().equals(FaultRun.DONE))
              .count();
      if (moves > 1 || (moves == 1 && mail == null)) {
        complain("moved " + moves + " times after success", "");
      }
      if (mail == null && there) {
        complain("never recorded", "");
      }
      if (mail != null && mail.state() != MailRecord.State.DONE && !deleted) {
        complain("ended as " + mail.state(), "");
      }
      Map<String, List<AttachmentRecord>> records =
          mail == null
              ? new HashMap<>()
              : new HashMap<>(
                  mail.attachments().stream().collect(groupingBy(AttachmentRecord::attachmentId)));
      for (AttachmentTruth attachment : message.attachments()) {
        List<AttachmentRecord> outcomes = records.remove(attachment.id());
        compare(Expected.of(attachment), outcomes == null ? List.of() : outcomes);
        for (WithinTruth within : attachment.allWithin(true).toList()) {
          Expected inner = Expected.of(attachment, within);
          outcomes = records.remove(inner.id());
          compare(inner, outcomes == null ? List.of() : outcomes);
        }
      }
      records.keySet().forEach(id -> complain("no such attachment", id));
    }

    private void compare(Expected attachment, List<AttachmentRecord> outcomes) {
      String taskId = TaskId.of(mailbox, message.id(), attachment.id());
      DecodedTask task = queued.remove(taskId);
      String name = attachment.name();
      if (outcomes.size() > 1 || (there && outcomes.isEmpty())) {
        complain(outcomes.size() + " outcomes", name);
      }
      Optional<Reason> reason = RandomMail.skipped(name, attachment.holds());
      if (task != null && reason.isPresent()) {
        complain("queued", name);
      } else if (task != null) {
        compare(attachment, task);
      }
      for (AttachmentRecord record : outcomes) {
        boolean gone = deleted && Reason.GONE.code().equals(record.reason());
        boolean right =
            reason.isPresent()
                ? record.outcome() == Outcome.SKIPPED && reason.get().code().equals(record.reason())
                : record.outcome() == Outcome.ENQUEUED
                    && task != null
                    && taskId.equals(record.taskId())
                    && record.size() == attachment.size()
                    && attachment.sha256().equals(record.sha256());
        if (!right && !gone) {
          complain("wrong outcome " + record, name);
        }
      }
    }

    private void compare(Expected attachment, DecodedTask task) {
      if (!attachment.sha256().equals(task.task().extras().attachmentSha256())
          || task.task().attachmentSize() != attachment.size()
          || task.contentLength() != attachment.size()) {
        complain("wrong content: " + task.task(), attachment.name());
      }
    }

    private void complain(String what, String name) {
      wrong.add(
          "%s: %s in %s: %s; ledger: %s".formatted(what, name, mailbox, message.history(), mail));
    }
  }
}
