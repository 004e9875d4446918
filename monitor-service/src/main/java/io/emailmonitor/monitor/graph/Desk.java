package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.Message;
import com.microsoft.graph.users.item.messages.item.MessageItemRequestBuilder;
import com.microsoft.graph.users.item.messages.item.move.MovePostRequestBody;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Marks and moves messages; what is so already is left so. Safe for several threads. */
final class Desk {
  private static final String[] STATE = {"id", "isRead", "categories", "parentFolderId"};

  /** How long a target is taken for what it was, before it is looked up again. */
  private static final Duration KNOWN = Duration.ofMinutes(10);

  /** Where a mailbox's messages go. */
  private record Target(String name, String id, long nanos) {
    boolean holds(String wanted) {
      return name.equals(wanted) && System.nanoTime() - nanos < KNOWN.toNanos();
    }
  }

  private final Map<Mailbox, Target> targets = new ConcurrentHashMap<>();
  private final GraphRequests requests;
  private final Directory directory;
  private final Folders folders;

  Desk(GraphRequests requests, Directory directory, Folders folders) {
    this.requests = requests;
    this.directory = directory;
    this.folders = folders;
  }

  void follow(Mailbox mailbox, Mail mail, FollowUp wanted) {
    Message now =
        send(
            Operation.READ_MESSAGE,
            mailbox,
            mail,
            message ->
                message.get(
                    c -> {
                      c.queryParameters.select = STATE;
                      c.headers.add("Prefer", Messages.IMMUTABLE_IDS);
                    }));
    mark(mailbox, mail, wanted, now);
    String target = wanted.moveTo();
    if (target != null && isWhereItWas(mail, now)) {
      move(mailbox, mail, target, now);
    }
  }

  private void mark(Mailbox mailbox, Mail mail, FollowUp wanted, Message now) {
    Message change = new Message();
    boolean any = wanted.markRead() && !Boolean.TRUE.equals(now.getIsRead());
    if (any) {
      change.setIsRead(true);
    }
    String category = wanted.category();
    List<String> categories =
        new ArrayList<>(now.getCategories() == null ? List.of() : now.getCategories());
    if (category != null && categories.stream().noneMatch(category::equalsIgnoreCase)) {
      categories.add(category);
      change.setCategories(categories);
      any = true;
    }
    if (any) {
      send(
          Operation.MARK_MESSAGE,
          mailbox,
          mail,
          message -> message.patch(change, c -> c.headers.add("Prefer", Messages.IMMUTABLE_IDS)));
    }
  }

  /**
   * What lies elsewhere than when it was met was moved by us before a crash, or by somebody who
   * wants it there.
   */
  private static boolean isWhereItWas(Mail mail, Message now) {
    return mail.folderId() == null || mail.folderId().equals(now.getParentFolderId());
  }

  private void move(Mailbox mailbox, Mail mail, String target, Message now) {
    String folderId = target(mailbox, target);
    if (folderId.equals(now.getParentFolderId())) {
      return;
    }
    try {
      move(mailbox, mail, folderId);
    } catch (MailSourceException e) {
      targets.remove(mailbox);
      // The message was there a moment ago; if it is not, the next look tells.
      throw e.kind() == Kind.GONE
          ? new MailSourceException(
              Kind.FOLDER_GONE,
              "The message or '" + target + "' is gone: " + e.getMessage(),
              null,
              e)
          : e;
    }
  }

  private String target(Mailbox mailbox, String name) {
    Target known = targets.get(mailbox);
    if (known == null || !known.holds(name)) {
      known = new Target(name, folders.find(mailbox, name).id(), System.nanoTime());
      targets.put(mailbox, known);
    }
    return known.id();
  }

  private void move(Mailbox mailbox, Mail mail, String folderId) {
    MovePostRequestBody body = new MovePostRequestBody();
    // The SDK would write it with a capital, the documentation does not.
    body.getAdditionalData().put("destinationId", folderId);
    send(
        Operation.MOVE_MESSAGE,
        mailbox,
        mail,
        message -> message.move().post(body, c -> c.headers.add("Prefer", Messages.IMMUTABLE_IDS)));
  }

  private Message send(
      Operation operation,
      Mailbox mailbox,
      Mail mail,
      Function<MessageItemRequestBuilder, @Nullable Message> request) {
    return requests.send(
        operation,
        mailbox,
        graph ->
            request.apply(
                graph
                    .users()
                    .byUserId(directory.userId(mailbox))
                    .messages()
                    .byMessageId(mail.id())));
  }
}
