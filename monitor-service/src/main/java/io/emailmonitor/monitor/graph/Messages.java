package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.EmailAddress;
import com.microsoft.graph.models.ItemBody;
import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.Recipient;
import com.microsoft.graph.users.item.messages.item.MessageItemRequestBuilder;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads single messages. Safe for several threads. */
final class Messages {
  static final String IMMUTABLE_IDS = "IdType=\"ImmutableId\"";

  /** What is asked of a message: neither body nor attachments. */
  static final String[] FIELDS = {
    "id",
    "subject",
    "from",
    "sender",
    "receivedDateTime",
    "sentDateTime",
    "createdDateTime",
    "hasAttachments",
    "internetMessageId",
    "parentFolderId"
  };

  private final GraphRequests requests;
  private final Directory directory;

  Messages(GraphRequests requests, Directory directory) {
    this.requests = requests;
    this.directory = directory;
  }

  Mail mail(Mailbox mailbox, String id) {
    return mail(
        send(
            mailbox,
            id,
            message ->
                message.get(
                    c -> {
                      c.queryParameters.select = FIELDS;
                      c.headers.add("Prefer", IMMUTABLE_IDS);
                    })));
  }

  String bodyText(Mailbox mailbox, String id) {
    ItemBody body =
        send(
                mailbox,
                id,
                message ->
                    message.get(
                        c -> {
                          c.queryParameters.select = new String[] {"id", "body"};
                          c.headers.add(
                              "Prefer", "outlook.body-content-type=\"text\", " + IMMUTABLE_IDS);
                        }))
            .getBody();
    return body == null ? "" : text(body.getContent());
  }

  private Message send(
      Mailbox mailbox, String id, Function<MessageItemRequestBuilder, Message> request) {
    Message answer =
        requests.send(
            Operation.READ_MESSAGE,
            mailbox,
            graph ->
                request.apply(
                    graph.users().byUserId(directory.userId(mailbox)).messages().byMessageId(id)));
    if (answer.getId() == null && answer.getBody() == null) {
      throw Operation.READ_MESSAGE.unusable("the answer holds no message");
    }
    return answer;
  }

  /** Whether an entry of the stream of changes brings what makes a {@link Mail}. */
  static boolean isWhole(Message entry) {
    return entry.getReceivedDateTime() != null
        && (entry.getSubject() != null || entry.getFrom() != null || entry.getSender() != null);
  }

  static Mail mail(Message message) {
    EmailAddress sender =
        Stream.of(message.getFrom(), message.getSender())
            .filter(Objects::nonNull)
            .map(Recipient::getEmailAddress)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(EmailAddress::new);
    return new Mail(
        message.getId(),
        message.getInternetMessageId(),
        text(message.getSubject()),
        text(sender.getName()),
        text(sender.getAddress()),
        receivedAt(message),
        message.getParentFolderId());
  }

  /** A draft or a message that was put in by a program need not have been received. */
  private static Instant receivedAt(Message message) {
    return Stream.of(
            message.getReceivedDateTime(), message.getSentDateTime(), message.getCreatedDateTime())
        .filter(Objects::nonNull)
        .findFirst()
        .map(OffsetDateTime::toInstant)
        .orElse(Instant.EPOCH);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value;
  }
}
