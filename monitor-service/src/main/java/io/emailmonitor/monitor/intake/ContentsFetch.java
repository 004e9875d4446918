package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.ContentTooLargeException;
import io.emailmonitor.model.TaskCodec;
import io.emailmonitor.monitor.content.Contained;
import io.emailmonitor.monitor.content.Detected;
import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.content.Obstacle;
import io.emailmonitor.monitor.content.ObstacleException;
import io.emailmonitor.monitor.content.Unpacker;
import io.emailmonitor.monitor.filter.Verdict;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Fetches one attachment that holds others, and gives each of them an outcome of its own; its own
 * comes last, when the others have theirs. For one thread and one message.
 */
final class ContentsFetch {

  /** Where outcomes go. */
  interface Results {
    void handOn(Finding.Fetched fetched);

    void settle(
        Attachment attachment,
        Outcome outcome,
        Detected detected,
        Reason reason,
        String detail,
        @Nullable Integer contained);

    /** This attempt did not get it done. */
    void failed(Attachment attachment, Throwable failure);

    /** There was no time for it in this attempt. */
    void left(Attachment attachment);
  }

  /** What is to be done with one: handed on, or settled with an outcome and a reason. */
  private record Decision(@Nullable Outcome outcome, Finding.Remark remark) {
    static Decision handOn(Finding.Remark remark) {
      return new Decision(null, remark);
    }

    static Decision settle(
        Outcome outcome, Reason reason, String detail, @Nullable Integer contained) {
      return new Decision(outcome, new Finding.Remark(reason, detail, contained));
    }
  }

  private final MessageFetch.Tools tools;
  private final Mailbox mailbox;
  private final Work work;
  private final String body;
  private final Brake brake;
  private final Results results;
  private boolean unfinished;

  ContentsFetch(
      MessageFetch.Tools tools,
      Mailbox mailbox,
      Work work,
      String body,
      Brake brake,
      Results results) {
    this.tools = tools;
    this.mailbox = mailbox;
    this.work = work;
    this.body = body;
    this.brake = brake;
    this.results = results;
  }

  /** Fetches it, and throws what {@link AttachmentFetch} throws when there is no getting it. */
  void fetch(Attachment attachment)
      throws IOException, InterruptedException, AttachmentFetch.UnwantedException {
    Finding.Fetched whole = tools.content().fetchToOpen(mailbox, work, body, attachment);
    boolean handedOn = false;
    try {
      handedOn = open(whole);
    } finally {
      if (!handedOn) {
        whole.room().release();
      }
    }
  }

  /** Tells whether the whole was handed on. */
  private boolean open(Finding.Fetched whole) throws IOException, InterruptedException {
    Attachment attachment = whole.attachment();
    Unpacker.Content content = () -> TaskCodec.decode(whole.task().json()).openContent();
    List<Contained> within = List.of();
    @Nullable Obstacle obstacle = null;
    try {
      within = tools.unpacker().list(attachment, content);
      takeOut(attachment, content, within);
    } catch (ObstacleException e) {
      obstacle = e.obstacle();
    }
    if (unfinished) {
      results.left(attachment);
      return false;
    }
    if (work.settled().contains(attachment.id())) {
      return false;
    }
    Decision decision = decide(attachment, whole.detected(), obstacle, within.size());
    if (decision.outcome() != null) {
      settle(attachment, whole.detected(), decision);
      return false;
    }
    whole.room().shrinkTo(whole.task().json().length);
    results.handOn(whole.with(decision.remark()));
    return true;
  }

  private void takeOut(Attachment attachment, Unpacker.Content content, List<Contained> within)
      throws IOException, InterruptedException {
    Map<String, Finding.Remark> wanted = new HashMap<>();
    for (Contained contained : within) {
      String id = contained.attachment().id();
      if (!work.settled().contains(id)) {
        int inner =
            (int) within.stream().filter(c -> Contained.isWithin(c.attachment().id(), id)).count();
        Decision decision =
            decide(contained.attachment(), contained.detected(), contained.obstacle(), inner);
        if (decision.outcome() == null) {
          wanted.put(id, decision.remark());
        } else {
          settle(contained.attachment(), contained.detected(), decision);
        }
      }
    }
    tools
        .unpacker()
        .read(
            attachment,
            content,
            within,
            wanted.keySet(),
            (contained, in) ->
                take(
                    contained,
                    in,
                    wanted.getOrDefault(contained.attachment().id(), Finding.Remark.NONE)));
  }

  private void take(Contained contained, InputStream content, Finding.Remark remark)
      throws InterruptedException {
    Attachment attachment = contained.attachment();
    if (brake.isPulled()) {
      unfinished = true;
      results.left(attachment);
      return;
    }
    try {
      results.handOn(tools.content().take(mailbox, work, body, contained, content).with(remark));
    } catch (ContentTooLargeException e) {
      String detail = MessageFetch.tooLarge(e);
      results.settle(
          attachment, Outcome.SKIPPED, contained.detected(), Reason.TOO_LARGE, detail, null);
    } catch (IOException | RuntimeException | OutOfMemoryError | StackOverflowError e) {
      unfinished = true;
      results.failed(attachment, e);
    }
  }

  private Decision decide(
      Attachment attachment, Detected detected, @Nullable Obstacle obstacle, int within) {
    Optional<Format> format = tools.unpacker().format(attachment);
    boolean wrapper = format.map(Format::isWrapper).orElse(false);
    Verdict verdict = tools.filter().judgeWhole(work.mail(), attachment, detected.type());
    if (obstacle != null) {
      return wrapper && obstacle.kind() == Obstacle.Kind.DAMAGED
          ? damaged(attachment, obstacle)
          : closed(obstacle, verdict);
    }
    @Nullable Integer contained = format.isPresent() ? within : null;
    if (wrapper || (within > 0 && isOfUnwantedType(verdict))) {
      String detail = "taken apart: " + within + " attachments within it";
      return Decision.settle(Outcome.SKIPPED, Reason.UNPACKED, detail, contained);
    }
    return verdict instanceof Verdict.Reject reject
        ? Decision.settle(Outcome.SKIPPED, reject.reason(), reject.detail(), contained)
        : Decision.handOn(new Finding.Remark(null, null, contained));
  }

  /** It should have been something else, and nobody can tell what: handed on, whatever it is. */
  private Decision damaged(Attachment attachment, Obstacle obstacle) {
    return tools.filter().judgeDamaged(work.mail(), attachment) instanceof Verdict.Reject reject
        ? Decision.settle(Outcome.SKIPPED, reject.reason(), reject.detail(), null)
        : Decision.handOn(new Finding.Remark(Reason.DAMAGED, obstacle.detail(), null));
  }

  /** What stays closed is handed on as it is when it is wanted as such. */
  private static Decision closed(Obstacle obstacle, Verdict verdict) {
    Reason reason =
        switch (obstacle.kind()) {
          case DAMAGED -> Reason.DAMAGED;
          case ENCRYPTED -> Reason.ENCRYPTED;
          case TOO_DEEP -> Reason.NESTED_TOO_DEEP;
          case TOO_MANY -> Reason.TOO_MANY_WITHIN;
          case TOO_LARGE -> Reason.TOO_LARGE_WITHIN;
        };
    if (verdict instanceof Verdict.Accept) {
      return Decision.handOn(new Finding.Remark(reason, obstacle.detail(), null));
    }
    Outcome outcome = reason == Reason.ENCRYPTED ? Outcome.SKIPPED : Outcome.FAILED;
    return Decision.settle(outcome, reason, obstacle.detail(), null);
  }

  private static boolean isOfUnwantedType(Verdict verdict) {
    return verdict instanceof Verdict.Reject reject && reject.reason() == Reason.TYPE_NOT_WANTED;
  }

  private void settle(Attachment attachment, Detected detected, Decision decision) {
    Finding.Remark remark = decision.remark();
    results.settle(
        attachment,
        Objects.requireNonNull(decision.outcome()),
        detected,
        Objects.requireNonNull(remark.reason()),
        String.valueOf(remark.detail()),
        remark.contained());
  }
}
