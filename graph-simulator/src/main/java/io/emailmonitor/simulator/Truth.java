package io.emailmonitor.simulator;

import io.emailmonitor.simulator.mail.MailAddress;
import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.store.Event;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Message;
import io.emailmonitor.simulator.store.Tenant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All that the simulator holds at one moment, to compare with what became of it. Who reads a folder
 * completely knows every attachment of every message that is in it; of what was moved or deleted,
 * the history tells since when.
 */
public record Truth(List<MailboxTruth> mailboxes) {

  public Truth {
    mailboxes = List.copyOf(mailboxes);
  }

  static Truth of(Tenant tenant) {
    return new Truth(tenant.mailboxes().stream().map(MailboxTruth::of).toList());
  }

  static Truth of(Mailbox mailbox) {
    return new Truth(List.of(MailboxTruth.of(mailbox)));
  }

  /** Every message of every folder. */
  public Stream<MessageTruth> messages() {
    return mailboxes.stream()
        .flatMap(mailbox -> mailbox.folders().stream())
        .flatMap(folder -> folder.messages().stream());
  }

  /**
   * One mailbox with the folders that hold messages.
   *
   * @param deleted messages that are gone for good, as they were then
   */
  public record MailboxTruth(
      String userId, String address, List<FolderTruth> folders, List<MessageTruth> deleted) {

    public MailboxTruth {
      folders = List.copyOf(folders);
      deleted = List.copyOf(deleted);
    }

    private static MailboxTruth of(Mailbox mailbox) {
      return new MailboxTruth(
          mailbox.owner().id(),
          mailbox.owner().address(),
          mailbox.folders().stream()
              .map(FolderTruth::of)
              .filter(folder -> !folder.messages().isEmpty())
              .toList(),
          mailbox.deleted().stream().map(MessageTruth::of).toList());
    }
  }

  /**
   * One folder.
   *
   * @param path such as {@code inbox/Invoices}
   */
  public record FolderTruth(String id, String path, List<MessageTruth> messages) {

    public FolderTruth {
      messages = List.copyOf(messages);
    }

    private static FolderTruth of(Folder folder) {
      return new FolderTruth(
          folder.id(), folder.path(), folder.messages().stream().map(MessageTruth::of).toList());
    }
  }

  /**
   * One message.
   *
   * @param id the immutable id
   * @param movableId the id that Graph gives to those who do not ask for immutable ones
   * @param source the file that it came from, or which delivery it was
   * @param attachments those that came with it, then those that were added later
   * @param history what happened to it, in that order
   */
  public record MessageTruth(
      String id,
      String movableId,
      String source,
      @Nullable String subject,
      @Nullable String senderName,
      @Nullable String sender,
      String received,
      boolean hasAttachments,
      List<AttachmentTruth> attachments,
      List<EventTruth> history) {

    public MessageTruth {
      attachments = List.copyOf(attachments);
      history = List.copyOf(history);
    }

    private static MessageTruth of(Message message) {
      MailAddress from = message.mail().from();
      List<AttachmentTruth> attachments = new ArrayList<>();
      for (int i = 0; i < message.attachments().size(); i++) {
        attachments.add(AttachmentTruth.of(message, i));
      }
      return new MessageTruth(
          message.id(),
          message.movableId(),
          message.key(),
          message.mail().subject(),
          from == null ? null : from.name(),
          from == null ? null : from.address(),
          message.received().toString(),
          message.hasAttachments(),
          attachments,
          message.history().stream().map(EventTruth::of).toList());
    }
  }

  /**
   * Something that happened to a message.
   *
   * @param kind {@code arrived}, {@code moved}, {@code changed}, {@code attached} or {@code
   *     deleted}
   * @param folder the path of the folder in which the message was then
   */
  public record EventTruth(String at, String kind, String folder) {

    private static EventTruth of(Event event) {
      return new EventTruth(
          event.at().toString(), event.kind().name().toLowerCase(Locale.ROOT), event.folder());
    }
  }

  /**
   * One attachment.
   *
   * @param id the one that goes with immutable ids
   * @param movableId the one that goes with default ids
   * @param name as Graph shows it
   * @param kind {@code file}, {@code item} or {@code reference}
   * @param contentType null for what is not a file
   * @param size in bytes, of what {@code $value} serves; 0 for a reference
   * @param sha256 of what {@code $value} serves; null for a reference
   * @param within the attachments that it holds, as far as the simulator knows: those of attached
   *     and signed mail, and those that the mail tells in headers
   */
  public record AttachmentTruth(
      String id,
      String movableId,
      String name,
      String kind,
      boolean inline,
      @Nullable String contentType,
      int size,
      @Nullable String sha256,
      List<WithinTruth> within) {

    public AttachmentTruth {
      within = List.copyOf(within);
    }

    /**
     * What it holds, at all depths, the outer before the inner.
     *
     * @param messages whether attached messages are opened, too
     */
    public Stream<WithinTruth> allWithin(boolean messages) {
      return WithinTruth.all(kind, within, messages);
    }

    private static AttachmentTruth of(Message message, int number) {
      MailAttachment attachment = message.attachments().get(number);
      boolean file = attachment.kind() == MailAttachment.Kind.FILE;
      boolean reference = attachment.kind() == MailAttachment.Kind.REFERENCE;
      return new AttachmentTruth(
          message.attachmentId(number, true),
          message.attachmentId(number, false),
          attachment.shownName(),
          attachment.kind().name().toLowerCase(Locale.ROOT),
          attachment.inline(),
          file ? attachment.contentType() : null,
          reference ? 0 : attachment.content().size(),
          reference ? null : attachment.content().sha256(),
          WithinTruth.of(attachment.within(), ""));
    }
  }

  /**
   * One attachment within another.
   *
   * @param path its place: {@code 2.1} is the first attachment of the second
   * @param kind {@code file} or {@code item}
   * @param size in bytes, decoded
   * @param within the attachments that it holds itself
   */
  public record WithinTruth(
      String path,
      String name,
      String kind,
      boolean inline,
      int size,
      String sha256,
      List<WithinTruth> within) {

    public WithinTruth {
      within = List.copyOf(within);
    }

    private static Stream<WithinTruth> all(
        String kind, List<WithinTruth> within, boolean messages) {
      return kind.equals("item") && !messages
          ? Stream.of()
          : within.stream()
              .flatMap(w -> Stream.concat(Stream.of(w), all(w.kind(), w.within(), messages)));
    }

    private static List<WithinTruth> of(List<MailAttachment> attachments, String prefix) {
      List<WithinTruth> within = new ArrayList<>();
      for (MailAttachment attachment : attachments) {
        String path = prefix + (within.size() + 1);
        within.add(
            new WithinTruth(
                path,
                attachment.shownName(),
                attachment.kind().name().toLowerCase(Locale.ROOT),
                attachment.inline(),
                attachment.content().size(),
                attachment.content().sha256(),
                of(attachment.within(), path + ".")));
      }
      return within;
    }
  }
}
