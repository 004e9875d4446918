package io.emailmonitor.monitor.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How a watched mailbox stands.
 *
 * @param parkedReason why it is left alone for now, in words; absent when it is watched
 * @param nextCheckAt when a parked or throttled mailbox is looked at again
 * @param lastSyncAt when its folders were last read to the end
 * @param problem what kept the last visit from reading all of it, in words: a folder that is not
 *     there, a mail system that does not answer, a full queue; absent when all went well
 * @param reconciledAt when the last reconciliation that came to its end began
 * @param missing how many messages it found that the changes had not brought
 * @param late how many attachments it found that came to messages after these were recorded
 */
public record MailboxRecord(
    String address,
    @Nullable String parkedReason,
    @Nullable Instant nextCheckAt,
    @Nullable Instant lastSyncAt,
    @Nullable String problem,
    @Nullable Instant reconciledAt,
    int missing,
    int late) {

  /** One that has not been reconciled yet. */
  public MailboxRecord(
      String address,
      @Nullable String parkedReason,
      @Nullable Instant nextCheckAt,
      @Nullable Instant lastSyncAt,
      @Nullable String problem) {
    this(address, parkedReason, nextCheckAt, lastSyncAt, problem, null, 0, 0);
  }

  public MailboxRecord reconciled(Instant at, int missingMessages, int lateAttachments) {
    return new MailboxRecord(
        address,
        parkedReason,
        nextCheckAt,
        lastSyncAt,
        problem,
        at,
        missingMessages,
        lateAttachments);
  }
}
