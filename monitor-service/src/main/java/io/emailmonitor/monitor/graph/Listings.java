package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.Message;
import com.microsoft.graph.models.MessageCollectionResponse;
import com.microsoft.graph.users.item.mailfolders.item.messages.MessagesRequestBuilder;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailListing;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Lists what folders hold, by another way than their stream of changes. Safe for several threads.
 */
final class Listings {
  private final GraphRequests requests;
  private final Links links;
  private final Directory directory;
  private final int pageSize;

  Listings(GraphRequests requests, Links links, Directory directory, int pageSize) {
    this.requests = requests;
    this.links = links;
    this.directory = directory;
    this.pageSize = pageSize;
  }

  MailListing page(Mailbox mailbox, MailFolder folder, Instant since, @Nullable Cursor from) {
    String link = from == null ? null : links.checked(from.link(), Kind.REJECTED);
    MessageCollectionResponse answer =
        send(
            mailbox,
            folder,
            messages -> link == null ? first(messages, since) : next(messages, link));
    List<Mail> mails = mails(answer);
    String next = answer.getOdataNextLink();
    boolean more = next != null && !next.isEmpty() && !next.equals(link);
    return new MailListing(mails, more ? new Cursor(links.checked(next, Kind.REJECTED)) : null);
  }

  List<Mail> latest(Mailbox mailbox, MailFolder folder, int count) {
    return mails(
        send(
            mailbox,
            folder,
            messages ->
                messages.get(
                    c -> {
                      c.queryParameters.select = Messages.FIELDS;
                      c.queryParameters.orderby = new String[] {"receivedDateTime desc"};
                      c.queryParameters.top = count;
                      c.headers.add("Prefer", Messages.IMMUTABLE_IDS);
                    })));
  }

  private MessageCollectionResponse send(
      Mailbox mailbox,
      MailFolder folder,
      Function<MessagesRequestBuilder, @Nullable MessageCollectionResponse> request) {
    return requests.send(
        Operation.LIST_MESSAGES,
        mailbox,
        graph -> request.apply(directory.messages(graph, mailbox, folder)));
  }

  private static List<Mail> mails(MessageCollectionResponse answer) {
    List<Message> listed = answer.getValue();
    if (listed == null) {
      throw Operation.LIST_MESSAGES.unusable("the answer holds no list");
    }
    return listed.stream().map(Messages::mail).toList();
  }

  /** Graph orders only by what it also filters by. Here, unlike with changes, top is a page. */
  private @Nullable MessageCollectionResponse first(
      MessagesRequestBuilder messages, Instant since) {
    return messages.get(
        c -> {
          c.queryParameters.select = Messages.FIELDS;
          c.queryParameters.filter = "receivedDateTime ge " + since.truncatedTo(ChronoUnit.SECONDS);
          c.queryParameters.orderby = new String[] {"receivedDateTime"};
          c.queryParameters.top = pageSize;
          c.headers.add("Prefer", Messages.IMMUTABLE_IDS);
        });
  }

  private static @Nullable MessageCollectionResponse next(
      MessagesRequestBuilder messages, String link) {
    return messages.withUrl(link).get(c -> c.headers.add("Prefer", Messages.IMMUTABLE_IDS));
  }
}
