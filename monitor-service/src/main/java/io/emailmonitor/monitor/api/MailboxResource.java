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

  /**
   * Some of them.
   *
   * @param total how many there are whose address holds what was asked for
   */
  record Mailboxes(
      int offset,
      int limit,
      long total,
      MailboxCounts counts,
      List<StatusView.MailboxView> mailboxes) {}

  /** Those in trouble first. */
  @GET
  public Mailboxes mailboxes(
      @QueryParam("offset") @DefaultValue("0") int offset,
      @QueryParam("limit") @DefaultValue("50") int limit,
      @QueryParam("q") @DefaultValue("") String text) {
    Paging.check(offset, limit, MAX_LIMIT);
    String wanted = text.strip();
    MailboxCounts counts = overview.mailboxCounts();
    return new Mailboxes(
        offset,
        limit,
        wanted.isEmpty() ? counts.watched() : overview.mailboxes(wanted),
        counts,
        overview.mailboxes(wanted, offset, limit).stream()
            .map(mailbox -> StatusView.MailboxView.of(mailbox, null))
            .toList());
  }
}
