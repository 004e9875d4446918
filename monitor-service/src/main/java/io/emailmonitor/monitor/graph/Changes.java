package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.Message;
import com.microsoft.graph.users.item.mailfolders.item.messages.delta.DeltaGetResponse;
import com.microsoft.graph.users.item.mailfolders.item.messages.delta.DeltaRequestBuilder;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailPage;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a folder's stream of changes. Safe for several threads. */
final class Changes {
  private final GraphRequests requests;
  private final Links links;
  private final Directory directory;
  private final String prefer;

  Changes(GraphRequests requests, Links links, Directory directory, int pageSize) {
    this.requests = requests;
    this.links = links;
    this.directory = directory;
    // Never $top: it would cap the whole round. Both hold only for the request that carries them.
    this.prefer = "odata.maxpagesize=" + pageSize + ", " + Messages.IMMUTABLE_IDS;
  }

  MailPage page(Mailbox mailbox, MailFolder folder, @Nullable Cursor from) {
    DeltaGetResponse answer = fetch(mailbox, folder, from);
    List<Mail> mails = new ArrayList<>();
    List<String> removedIds = new ArrayList<>();
    List<Message> entries = answer.getValue();
    if (entries == null) {
      // An empty answer to take for an empty page would lose what is in it.
      throw Operation.READ_CHANGES.unusable("the answer holds no list");
    }
    for (Message entry : entries) {
      if (entry.getAdditionalData().containsKey("@removed")) {
        removedIds.add(entry.getId());
      } else {
        mails.add(read(entry));
      }
    }
    boolean more = answer.getOdataNextLink() != null;
    String link = more ? answer.getOdataNextLink() : answer.getOdataDeltaLink();
    if (link == null) {
      throw Operation.READ_CHANGES.unusable("the answer says nothing of where to go on");
    }
    return new MailPage(mails, removedIds, new Cursor(links.checked(link, Kind.REJECTED)), more);
  }

  private DeltaGetResponse fetch(Mailbox mailbox, MailFolder folder, @Nullable Cursor from) {
    // A saved link to elsewhere was made under another GRAPH_BASE_URL: start the folder again.
    String link = from == null ? null : links.checked(from.link(), Kind.CURSOR_EXPIRED);
    return requests.send(
        Operation.READ_CHANGES,
        mailbox,
        graph -> {
          DeltaRequestBuilder delta = directory.messages(graph, mailbox, folder).delta();
          return link == null
              ? delta.get(
                  c -> {
                    c.queryParameters.select = Messages.FIELDS;
                    c.headers.add("Prefer", prefer);
                  })
              : delta.withUrl(link).get(c -> c.headers.add("Prefer", prefer));
        });
  }

  /**
   * Graph may leave out what did not change. The rest is not asked for here: one message that Graph
   * cannot show would keep the folder from being read on.
   */
  private static Mail read(Message entry) {
    return Messages.isWhole(entry) ? Messages.mail(entry) : Mail.known(entry.getId());
  }
}
