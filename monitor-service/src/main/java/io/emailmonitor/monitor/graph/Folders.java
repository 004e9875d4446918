package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.MailFolderCollectionResponse;
import com.microsoft.graph.models.MailSearchFolder;
import com.microsoft.graph.users.item.UserItemRequestBuilder;
import io.emailmonitor.monitor.mailbox.Likeness;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

  /** Each is a request at every look at the mailbox. */
  private static final int MOST = 1000;

  /** Stands in paths for a slash that belongs to a name. */
  private static final String SLASH_IN_NAME = "\\/";

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
    List<String> path = List.of(name.split("/", -1));
    String first = Likeness.of(path.get(0)).replace(" ", "");
    Optional<String> id =
        WELL_KNOWN.contains(first)
            ? find(mailbox, first, path.subList(1, path.size()))
            : find(mailbox, "", path);
    return new MailFolder(id.orElseThrow(() -> absent(name)), name);
  }

  /** A folder's own name may hold slashes, so that several parts of the path can be one name. */
  private Optional<String> find(Mailbox mailbox, String parentId, List<String> path) {
    if (path.isEmpty()) {
      return Optional.of(parentId);
    }
    List<com.microsoft.graph.models.MailFolder> children = children(mailbox, parentId);
    for (int parts = 1; parts <= path.size(); parts++) {
      String wanted = String.join("/", path.subList(0, parts)).replace(SLASH_IN_NAME, "/");
      String likeness = Likeness.of(wanted);
      for (com.microsoft.graph.models.MailFolder child : children) {
        if (likeness.equals(Likeness.of(displayName(child)))) {
          Optional<String> found = find(mailbox, child.getId(), path.subList(parts, path.size()));
          if (found.isPresent()) {
            return found;
          }
        }
      }
    }
    return Optional.empty();
  }

  private static MailSourceException absent(String name) {
    return new MailSourceException(
        Kind.FOLDER_GONE,
        "The mailbox has no folder '%s'; MAIL_FOLDERS takes well-known names such as inbox, names of top folders, and paths such as Inbox/Invoices"
            .formatted(name),
        null,
        null);
  }

  List<MailFolder> below(Mailbox mailbox, MailFolder folder, boolean deep) {
    List<MailFolder> found = new ArrayList<>();
    Set<String> seen = new HashSet<>(Set.of(folder.id()));
    Deque<MailFolder> open = new ArrayDeque<>(List.of(folder));
    while (!open.isEmpty()) {
      MailFolder parent = open.remove();
      for (com.microsoft.graph.models.MailFolder child : children(mailbox, parent.id())) {
        // A search folder shows mail that lies elsewhere.
        if (!(child instanceof MailSearchFolder) && seen.add(child.getId())) {
          String own = displayName(child).replace("/", SLASH_IN_NAME);
          MailFolder below = new MailFolder(child.getId(), parent.name() + "/" + own);
          found.add(below);
          if (deep && hasChildren(child)) {
            open.add(below);
          }
        }
      }
      if (found.size() > MOST) {
        throw new MailSourceException(
            Kind.REJECTED,
            "There are more than %d folders below '%s'".formatted(MOST, folder.name()),
            null,
            null);
      }
    }
    return found;
  }

  private static boolean hasChildren(com.microsoft.graph.models.MailFolder folder) {
    Integer count = folder.getChildFolderCount();
    return count == null || count > 0;
  }

  private static String displayName(com.microsoft.graph.models.MailFolder folder) {
    String name = folder.getDisplayName();
    return name == null ? "" : name;
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
