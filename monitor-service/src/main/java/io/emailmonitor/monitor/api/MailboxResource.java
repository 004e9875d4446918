package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.ledger.Overview;
import io.emailmonitor.monitor.ledger.Overview.MailboxCounts;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** The watched mailboxes, page by page. */
@Path("/mailboxes")
@Produces(MediaType.APPLICATION_JSON)
public final class MailboxResource {
  private static final int MAX_LIMIT = 1000;

  private final Overview overview;

  public MailboxResource(Overview overview) {
    this.overview = overview;
  }

  record Mailboxes(
      int offset, int limit, MailboxCounts counts, List<StatusView.MailboxView> mailboxes) {}

  /** Those in trouble first. */
  @GET
  public Mailboxes mailboxes(
      @QueryParam("offset") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("q") @DefaultValue("") String text) {
    Paging.check(offset, limit, MAX_LIMIT);
    return new Mailboxes(
        offset,
        limit,
        overview.mailboxCounts(),
        overview.mailboxes(text.strip(), offset, limit).stream()
            .map(mailbox -> StatusView.MailboxView.of(mailbox, null))
            .toList());
  }
}
