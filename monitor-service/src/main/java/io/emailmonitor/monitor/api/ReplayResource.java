package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.service.http.Audit;
import io.emailmonitor.service.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lets messages be worked on again that are done or given up, in the next cycle. */
@Path("/email-details/{message_id: .+}/replay")
@Produces(MediaType.APPLICATION_JSON)
public final class ReplayResource {
  private final History history;
  private final Journal journal;
  private final Optional<InspectedQueue> queue;
  private final Clock clock;

  /**
   * @param queue empty when attachments go to local storage
   */
  public ReplayResource(
      History history, Journal journal, Optional<InspectedQueue> queue, Clock clock) {
    this.history = history;
    this.journal = journal;
    this.queue = queue;
    this.clock = clock;
  }

  /**
   * Makes the message due and answers with it; the next cycle works on it.
   *
   * @param attachmentId which attachment; by default all that failed
   * @param again whether what was handed on is handed on once more, under the same task id
   */
  @POST
  public Response replay(
      @PathParam("message_id") String messageId,
      @QueryParam("attachment_id") @Nullable String attachmentId,
      @QueryParam("again") boolean again,
      @Context HttpServletRequest request) {
    MailRecord mail =
        history
            .mail(messageId)
            .orElseThrow(
                () -> Problem.of(404, "No message with this id has been recorded").exception());
    List<AttachmentRecord> chosen = chosen(mail, attachmentId, again);
    // First the marker: a crash in between leaves the message as it is, to be asked for again.
    queue.ifPresent(
        q -> chosen.stream().map(AttachmentRecord::taskId).forEach(taskId -> forget(q, taskId)));
    String note = "replayed at " + clock.instant() + ", asked for by " + request.getRemoteAddr();
    journal.reopen(mail, chosen, note);
    Audit.result(request, chosen.size() + " attachments are worked on again");
    return Response.accepted(MailView.of(history.mail(messageId).orElse(mail))).build();
  }

  private static void forget(InspectedQueue queue, @Nullable String taskId) {
    if (taskId != null) {
      queue.inspector().forget(taskId);
    }
  }

  private static List<AttachmentRecord> chosen(
      MailRecord mail, @Nullable String attachmentId, boolean again) {
    List<AttachmentRecord> named =
        mail.attachments().stream()
            .filter(a -> attachmentId == null || a.attachmentId().equals(attachmentId))
            .toList();
    if (attachmentId != null && named.isEmpty()) {
      throw Problem.of(404, "The message has no attachment with this id").exception();
    }
    List<AttachmentRecord> chosen =
        named.stream()
            .filter(a -> attachmentId == null ? again || failed(a) : true)
            .filter(a -> again || a.taskId() == null)
            .toList();
    if (chosen.isEmpty() && mail.state() == MailRecord.State.DONE) {
      throw Problem.of(409, refusal(named)).exception();
    }
    return chosen;
  }

  private static boolean failed(AttachmentRecord attachment) {
    return attachment.outcome() == Outcome.FAILED;
  }

  private static String refusal(List<AttachmentRecord> named) {
    String tasks =
        named.stream()
            .map(AttachmentRecord::taskId)
            .filter(id -> id != null)
            .collect(Collectors.joining(", "));
    return tasks.isEmpty()
        ? "No attachment of this message failed; attachment_id names one that was skipped"
        : "Nothing failed: handed on already as "
            + tasks
            + "; with again=true it is handed on once more under the same task id";
  }
}
