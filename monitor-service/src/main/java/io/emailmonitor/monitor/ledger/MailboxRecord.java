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
 */
public record MailboxRecord(
    String address,
    @Nullable String parkedReason,
    @Nullable Instant nextCheckAt,
    @Nullable Instant lastSyncAt,
    @Nullable String problem) {}
