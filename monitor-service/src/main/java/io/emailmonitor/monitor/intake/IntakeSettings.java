package io.emailmonitor.monitor.intake;

import io.emailmonitor.monitor.mailbox.FollowUp;
import java.time.Duration;
import java.util.List;

/**
 * What is watched, how often, and how much is taken on at a time.
 *
 * @param entries domains, group addresses and mailbox addresses
 * @param folders well-known or display names
 * @param pollInterval from the end of a cycle to the beginning of the next
 * @param mailboxesAtOnce how many mailboxes are worked on at the same time
 * @param bytesInFlight how many bytes fetched content may take in memory until it is handed on
 * @param maxAttachmentSize how many bytes an attachment may have
 * @param historyRetention how long the records of messages are kept
 * @param reconciliation how often and how far mailboxes are compared with the ledger
 * @param slice how much of a mailbox is worked on before others get their turn
 * @param followUp what is done with messages when all that is wanted of them has been taken
 */
public record IntakeSettings(
    List<String> entries,
    List<String> folders,
    Duration pollInterval,
    int mailboxesAtOnce,
    long bytesInFlight,
    int maxAttachmentSize,
    Duration historyRetention,
    Reconciliation reconciliation,
    Slice slice,
    FollowUp followUp) {
  public static final int DEFAULT_MAILBOXES_AT_ONCE = 4;

  public IntakeSettings {
    entries = List.copyOf(entries);
    folders = List.copyOf(folders);
  }

  /** A quarter of the heap: leaves room for the copies that the network needs. */
  public static long defaultBytesInFlight() {
    return Runtime.getRuntime().maxMemory() / 4;
  }
}
