package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.MailFolderCollectionResponse;
import com.microsoft.graph.users.item.UserItemRequestBuilder;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;

/** Finds folders by what people call them. Safe for several threads. */
final class Folders {
  /** What every mailbox has under these names, whatever its language. */
  private static final Set<String> WELL_KNOWN =
      Set.of(
          "archive",
          "clutter",
          "conflicts",
          "conversationhistory",
          "deleteditems",
          "drafts",
          "inbox",
          "junkemail",
          "localfailures",
          "msgfolderroot",
          "outbox",
          "recoverableitemsdeletions",
          "scheduled",
          "searchfolders",
          "sentitems",
          "serverfailures",
          "syncissues");

  private static final int PAGE = 100;

  private final GraphRequests requests;
  private final Pages pages;
  private final Directory directory;

  Folders(GraphRequests requests, Pages pages, Directory directory) {
    this.requests = requests;
    this.pages = pages;
    this.directory = directory;
  }

  /** Takes a well-known name, a display name at the top, or a path of such names. */
  MailFolder find(Mailbox mailbox, String name) {
    String id = "";
    for (String segment : name.split("/", -1)) {
      String wanted = segment.strip();
      String wellKnown = wanted.toLowerCase(Locale.ROOT);
      id =
          id.isEmpty() && WELL_KNOWN.contains(wellKnown)
              ? wellKnown
              : child(mailbox, id, wanted, name);
    }
    return new MailFolder(id, name);
  }

  private String child(Mailbox mailbox, String parentId, String wanted, String name) {
    return children(mailbox, parentId).stream()
        .filter(folder -> wanted.equalsIgnoreCase(folder.getDisplayName()))
        .map(com.microsoft.graph.models.MailFolder::getId)
        .findFirst()
        .orElseThrow(
            () ->
                new MailSourceException(
                    Kind.FOLDER_GONE,
                    "The mailbox has no folder '%s' (looked for '%s'); MAIL_FOLDERS takes well-known names such as inbox, names of top folders, and paths such as Inbox/Invoices"
                        .formatted(name, wanted),
                    null,
                    null));
  }

  private List<com.microsoft.graph.models.MailFolder> children(Mailbox mailbox, String parentId) {
    MailFolderCollectionResponse first =
        send(mailbox, user -> parentId.isEmpty() ? top(user) : beneath(user, parentId));
    return pages.all(
        first,
        MailFolderCollectionResponse::getValue,
        link -> send(mailbox, user -> user.mailFolders().withUrl(link).get()));
  }

  private static MailFolderCollectionResponse top(UserItemRequestBuilder user) {
    return user.mailFolders().get(c -> c.queryParameters.top = PAGE);
  }

  private static MailFolderCollectionResponse beneath(UserItemRequestBuilder user, String id) {
    return user.mailFolders()
        .byMailFolderId(id)
        .childFolders()
        .get(c -> c.queryParameters.top = PAGE);
  }

  private MailFolderCollectionResponse send(
      Mailbox mailbox, Function<UserItemRequestBuilder, MailFolderCollectionResponse> request) {
    return requests.send(
        Operation.FIND_FOLDER,
        mailbox,
        graph -> request.apply(graph.users().byUserId(directory.userId(mailbox))));
  }
}
