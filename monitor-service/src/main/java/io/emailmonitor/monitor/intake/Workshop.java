package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.ledger.Journal;
import io.emailmonitor.monitor.mailbox.MailSource;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * What visits to mailboxes are made with: the same for all of them, for as long as the service
 * runs.
 *
 * @param folders the folders to read, as configured
 * @param lanes threads for {@link Lanes#COUNT} lanes of each mailbox that is visited at a time
 */
record Workshop(
    MailSource source,
    Journal journal,
    MessageFetch.Tools messages,
    MessageBatch.Tools batches,
    Clock clock,
    List<String> folders,
    Executor lanes) {}
