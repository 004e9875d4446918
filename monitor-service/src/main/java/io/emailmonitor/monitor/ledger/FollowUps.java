package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What is still to be done with messages in their mailboxes. A message comes here by {@link
 * Journal#record}, in the same step with its outcomes. Safe for use by several threads.
 */
public interface FollowUps {
  /** Lists those whose next attempt is due, the longest due first. */
  List<FollowUpRecord> due(Mailbox mailbox, Instant now, int limit);

  /** Why some wait that are not due yet, in words. */
  Optional<String> problem(Mailbox mailbox, Instant now);

  /** Writes how far one is. */
  void save(FollowUpRecord followUp);

  /** How far a message is; empty when nothing is done with it. */
  Optional<FollowUpRecord> of(MailRecord mail);
}
