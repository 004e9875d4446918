package io.emailmonitor.simulator.store;

import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailAttachment;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One message as it stands at one moment; every change makes a new one.
 *
 * @param id stays the same for good ("immutable id")
 * @param movableId changes when the message moves ("default id")
 * @param key what the ids are made of: the file's path or the delivery's number
 * @param attachments those that came with the mail, then those that were added later
 */
public record Message(
    String id,
    String movableId,
    String key,
    Folder folder,
    int moves,
    int version,
    Instant received,
    Instant modified,
    boolean read,
    List<String> categories,
    List<MailAttachment> attachments,
    Mail mail,
    List<Event> history) {

  public Message {
    categories = List.copyOf(categories);
    attachments = List.copyOf(attachments);
    history = List.copyOf(history);
  }

  static Message arrived(Ids ids, Folder folder, String key, Mail mail, Instant received) {
    return new Message(
        ids.immutable(key),
        ids.movable(key, folder, 0),
        key,
        folder,
        0,
        1,
        received,
        received,
        false,
        List.of(),
        mail.attachments(),
        mail,
        List.of(new Event(received, Event.Kind.ARRIVED, folder.path())));
  }

  Message movedTo(Ids ids, Folder target, Instant now) {
    return new Message(
        id,
        ids.movable(key, target, moves + 1),
        key,
        target,
        moves + 1,
        version + 1,
        received,
        now,
        read,
        categories,
        attachments,
        mail,
        and(new Event(now, Event.Kind.MOVED, target.path())));
  }

  Message changed(boolean nowRead, List<String> nowCategories, Instant now) {
    return next(nowRead, nowCategories, attachments, now, Event.Kind.CHANGED);
  }

  Message with(MailAttachment late, Instant now) {
    List<MailAttachment> more = new ArrayList<>(attachments);
    more.add(late);
    return next(read, categories, more, now, Event.Kind.ATTACHED);
  }

  Message deleted(Instant now) {
    return next(read, categories, attachments, now, Event.Kind.DELETED);
  }

  private Message next(
      boolean nowRead,
      List<String> nowCategories,
      List<MailAttachment> nowAttachments,
      Instant now,
      Event.Kind kind) {
    return new Message(
        id,
        movableId,
        key,
        folder,
        moves,
        version + 1,
        received,
        now,
        nowRead,
        nowCategories,
        nowAttachments,
        mail,
        and(new Event(now, kind, folder.path())));
  }

  private List<Event> and(Event event) {
    List<Event> more = new ArrayList<>(history);
    more.add(event);
    return more;
  }

  /** The id in the form that a request asks for. */
  public String id(boolean immutable) {
    return immutable ? id : movableId;
  }

  public boolean hasId(String either) {
    return id.equals(either) || movableId.equals(either);
  }

  /** Counted from 0, in the order of {@link #attachments()}. */
  public String attachmentId(int number, boolean immutable) {
    return Ids.attachment(id(immutable), number);
  }

  /** False when all attachments are inline, as in Graph. */
  public boolean hasAttachments() {
    return attachments.stream().anyMatch(attachment -> !attachment.inline());
  }

  /** The attachment with that id in either form, or -1. */
  public int attachmentNumber(String attachmentId) {
    for (int i = 0; i < attachments.size(); i++) {
      if (attachmentId(i, true).equals(attachmentId)
          || attachmentId(i, false).equals(attachmentId)) {
        return i;
      }
    }
    return -1;
  }
}
