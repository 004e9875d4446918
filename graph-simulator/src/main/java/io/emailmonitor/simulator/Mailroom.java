package io.emailmonitor.simulator;

import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.mail.MailReader;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Message;
import io.emailmonitor.simulator.store.Tenant;
import java.util.Optional;

/**
 * What people and other mail systems do to mailboxes; what it is told to find and does not find is
 * an {@link IllegalArgumentException}. Safe for use by several threads.
 */
final class Mailroom {
  private final Tenant tenant;

  Mailroom(Tenant tenant) {
    this.tenant = tenant;
  }

  String deliver(String address, String folder, byte[] eml) {
    Mailbox mailbox = tenant.mailboxAt(address);
    return mailbox.deliver(folder(mailbox, folder), MailReader.read(eml)).id();
  }

  void move(String address, String messageId, String folder) {
    Mailbox mailbox = mailbox(address);
    found(mailbox.move(messageId, folder(mailbox, folder)), messageId);
  }

  void delete(String address, String messageId) {
    found(mailbox(address).delete(messageId), messageId);
  }

  void markRead(String address, String messageId, boolean read) {
    found(mailbox(address).update(messageId, read, null), messageId);
  }

  /** Returns the attachment's id. */
  String attach(String address, String messageId, MailAttachment attachment) {
    Message message = found(mailbox(address).attach(messageId, attachment), messageId);
    return message.attachmentId(message.attachments().size() - 1, true);
  }

  void renameFolder(String address, String folder, String name) {
    Mailbox mailbox = mailbox(address);
    mailbox.rename(folder(mailbox, folder), name);
  }

  void moveFolder(String address, String folder, String target) {
    Mailbox mailbox = mailbox(address);
    mailbox.move(folder(mailbox, folder), folder(mailbox, target));
  }

  void deleteFolder(String address, String folder) {
    Mailbox mailbox = mailbox(address);
    mailbox.delete(folder(mailbox, folder));
  }

  Mailbox mailbox(String address) {
    return tenant
        .mailbox(address)
        .orElseThrow(() -> new IllegalArgumentException("there is no mailbox " + address));
  }

  /** By a path or an id; made when it is not there. */
  Folder folder(String address, String pathOrId) {
    return folder(mailbox(address), pathOrId);
  }

  private static Folder folder(Mailbox mailbox, String pathOrId) {
    return mailbox.folder(pathOrId).orElseGet(() -> mailbox.folderAt(pathOrId));
  }

  private static Message found(Optional<Message> message, String id) {
    return message.orElseThrow(
        () -> new IllegalArgumentException("there is no message " + id + " in that mailbox"));
  }
}
