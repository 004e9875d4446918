package io.emailmonitor.monitor.mailbox;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message without body and attachments.
 *
 * @param id the immutable id: stays the same when the message is moved within its mailbox
 * @param internetMessageId the Message-ID header, which survives even what changes the id
 * @param subject empty when there is none
 * @param senderName empty when unknown
 * @param senderAddress empty when unknown
 * @param folderId the folder in which it lay when it was met; null when not known
 */
public record Mail(
    String id,
    @Nullable String internetMessageId,
    String subject,
    String senderName,
    String senderAddress,
    Instant receivedAt,
    @Nullable String folderId) {

  /** One of which it is not known where it lies. */
  public Mail(
      String id,
      @Nullable String internetMessageId,
      String subject,
      String senderName,
      String senderAddress,
      Instant receivedAt) {
    this(id, internetMessageId, subject, senderName, senderAddress, receivedAt, null);
  }

  /** A message of which only the id has been told. */
  public static Mail known(String id) {
    return new Mail(id, null, "", "", "", Instant.EPOCH);
  }

  /** Whether only the id has been told, and the rest is to be asked for. */
  public boolean isIdOnly() {
    return equals(known(id));
  }
}
