package io.emailmonitor.monitor.api;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.emailmonitor.monitor.ledger.FollowUps;
import io.emailmonitor.monitor.ledger.History;
import io.emailmonitor.monitor.ledger.MailFilter;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.ledger.SearchTooLongException;
import io.emailmonitor.monitor.mailbox.MailSource;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.service.http.Problem;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What became of messages and their attachments. A message id may stand in the path, where it may
 * hold slashes, or in the query as {@code id}.
 */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class MailResource {
  private static final int MAX_LIMIT = 1000;

  private final History history;
  private final FollowUps followUps;
  private final MailSource mailSource;

  public MailResource(History history, FollowUps followUps, MailSource mailSource) {
    this.history = history;
    this.followUps = followUps;
    this.mailSource = mailSource;
  }

  record RecentResults(int offset, int limit, List<MailView> results) {}

  @GET
  @Path("recent-results")
  public RecentResults recentResults(
      @QueryParam("offset") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("q") @DefaultValue("") String text,
      @QueryParam("outcome") @Nullable String outcome,
      @QueryParam("mailbox") @Nullable String mailbox) {
    Paging.check(offset, limit, MAX_LIMIT);
    MailFilter filter = new MailFilter(MailFilter.words(text), outcome(outcome), mailbox);
    try {
      List<MailView> mails =
          history.find(filter, offset, limit).stream().map(MailView::of).toList();
      return new RecentResults(offset, limit, mails);
    } catch (SearchTooLongException e) {
      throw Problem.of(503, String.valueOf(e.getMessage())).exception();
    }
  }

  private static @Nullable Outcome outcome(@Nullable String word) {
    if (word == null || word.isEmpty()) {
      return null;
    }
    return Arrays.stream(Outcome.values())
        .filter(outcome -> MailView.lowerCase(outcome).equals(word))
        .findFirst()
        .orElseThrow(
            () ->
                Problem.of(400, "outcome must be enqueued, stored, skipped or failed").exception());
  }

  /**
   * A message with what was done with it.
   *
   * @param followUp null if nothing is
   */
  record MailWithFollowUp(@JsonUnwrapped MailView mail, @Nullable FollowUpView followUp) {}

  @GET
  @Path("email-details/{message_id: .+}")
  public MailWithFollowUp details(@PathParam("message_id") String messageId) {
    MailRecord found = find(messageId);
    return new MailWithFollowUp(
        MailView.of(found), followUps.of(found).map(FollowUpView::of).orElse(null));
  }

  @GET
  @Path("email-details")
  public MailWithFollowUp detailsByQuery(@QueryParam("id") @Nullable String messageId) {
    return details(required(messageId));
  }

  /**
   * A message with its body, which we do not keep.
   *
   * @param bodyText null if it could not be fetched
   * @param bodyProblem why not
   */
  record MailWithBody(
      @JsonUnwrapped MailView mail, @Nullable String bodyText, @Nullable String bodyProblem) {}

  @GET
  @Path("email-json/{message_id: .+}")
  public MailWithBody json(@PathParam("message_id") String messageId) {
    MailRecord found = find(messageId);
    try {
      String body = mailSource.bodyText(new Mailbox(found.mailbox()), found.mail().id());
      return new MailWithBody(MailView.of(found), body, null);
    } catch (MailSourceException e) {
      return new MailWithBody(MailView.of(found), null, e.getMessage());
    }
  }

  @GET
  @Path("email-json")
  public MailWithBody jsonByQuery(@QueryParam("id") @Nullable String messageId) {
    return json(required(messageId));
  }

  private MailRecord find(String messageId) {
    return history
        .mail(messageId)
        .orElseThrow(
            () -> Problem.of(404, "No message with this id has been recorded").exception());
  }

  private static String required(@Nullable String messageId) {
    if (messageId == null || messageId.isEmpty()) {
      throw Problem.of(400, "id is missing; it must be a message id").exception();
    }
    return messageId;
  }
}
