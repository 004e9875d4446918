package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.DirectoryObjectCollectionResponse;
import com.microsoft.graph.models.Group;
import com.microsoft.graph.models.GroupCollectionResponse;
import com.microsoft.graph.models.User;
import com.microsoft.graph.models.UserCollectionResponse;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.graph.users.item.mailfolders.item.messages.MessagesRequestBuilder;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which mailboxes a domain, a group or an address stands for. Disabled users are taken
 * too, since shared mailboxes are such. Safe for several threads.
 */
final class Directory {
  private static final String[] USER_FIELDS = {"id", "mail", "userPrincipalName"};
  private static final int PAGE = 999;

  /** Graph filters by the end of an address, and casts, only for who accepts a stale index. */
  private static final String CONSISTENCY = "ConsistencyLevel";

  private static final String EVENTUAL = "eventual";

  private final GraphRequests requests;
  private final Pages pages;

  /**
   * The ids of users whose principal name is not their mail address: Graph need not know them by
   * the one, and reports say that it does not always by the other.
   */
  private final Map<Mailbox, String> userIds = new ConcurrentHashMap<>();

  Directory(GraphRequests requests, Pages pages) {
    this.requests = requests;
    this.pages = pages;
  }

  /** The name under which requests reach the mailbox. */
  String userId(Mailbox mailbox) {
    return userIds.getOrDefault(mailbox, mailbox.address());
  }

  void recall(Map<Mailbox, String> ids) {
    ids.forEach(userIds::putIfAbsent);
  }

  /** Where a folder's messages are asked for. */
  MessagesRequestBuilder messages(GraphServiceClient graph, Mailbox mailbox, MailFolder folder) {
    return graph
        .users()
        .byUserId(userId(mailbox))
        .mailFolders()
        .byMailFolderId(folder.id())
        .messages();
  }

  Discovery discover(List<String> entries) {
    SortedSet<Mailbox> mailboxes = new TreeSet<>(Comparator.comparing(Mailbox::address));
    Map<String, String> problems = new HashMap<>();
    for (String entry : entries) {
      String name = entry.strip().toLowerCase(Locale.ROOT);
      try {
        Collection<Mailbox> found = resolve(name);
        mailboxes.addAll(found);
        if (found.isEmpty() && !name.isEmpty()) {
          problems.put(entry, "No user with a mail address was found for it in the directory");
        }
      } catch (MailSourceException e) {
        if (e.kind() != Kind.REJECTED) {
          throw e;
        }
        problems.put(entry, e.getMessage() + "; or name the mailboxes one by one in EMAIL_GROUPS");
      }
    }
    Map<Mailbox, String> ids = new HashMap<>(userIds);
    ids.keySet().retainAll(mailboxes);
    return new Discovery(List.copyOf(mailboxes), ids, problems);
  }

  private Collection<Mailbox> resolve(String name) {
    if (name.isEmpty()) {
      return List.of();
    }
    int at = name.indexOf('@');
    if (at <= 0) {
      return ofDomain(name.substring(at + 1));
    }
    Optional<String> group = group(name);
    return group.isPresent() ? mailboxes(members(group.get())) : List.of(new Mailbox(name));
  }

  private List<Mailbox> ofDomain(String domain) {
    String end = "@" + domain;
    UserCollectionResponse first =
        requests.send(
            Operation.LIST_USERS,
            graph ->
                graph
                    .users()
                    .get(
                        c -> {
                          c.queryParameters.filter = "endsWith(mail,'" + quoted(end) + "')";
                          c.queryParameters.select = USER_FIELDS;
                          c.queryParameters.count = true;
                          c.queryParameters.top = PAGE;
                          c.headers.add(CONSISTENCY, EVENTUAL);
                        }));
    List<User> users =
        pages.all(
            first,
            UserCollectionResponse::getValue,
            link ->
                requests.send(
                    Operation.LIST_USERS,
                    graph ->
                        graph
                            .users()
                            .withUrl(link)
                            .get(c -> c.headers.add(CONSISTENCY, EVENTUAL))));
    return mailboxes(users).stream().filter(m -> m.address().endsWith(end)).toList();
  }

  /** Returns the id of the group with that address, if the directory can be asked for it. */
  private Optional<String> group(String address) {
    try {
      GroupCollectionResponse answer =
          requests.send(
              Operation.FIND_GROUP,
              graph ->
                  graph
                      .groups()
                      .get(
                          c -> {
                            c.queryParameters.filter = "mail eq '" + quoted(address) + "'";
                            c.queryParameters.select = new String[] {"id", "mail"};
                          }));
      return orNone(answer.getValue()).stream()
          .filter(group -> address.equalsIgnoreCase(group.getMail()))
          .map(Group::getId)
          .findFirst();
    } catch (MailSourceException e) {
      if (e.kind() == Kind.REJECTED) {
        return Optional.empty();
      }
      throw e;
    }
  }

  private List<User> members(String groupId) {
    try {
      return usersAmongMembers(groupId);
    } catch (MailSourceException e) {
      if (e.kind() != Kind.REJECTED) {
        throw e;
      }
      // Not every directory can cast; each lists members of all kinds.
      return allMembers(groupId);
    }
  }

  private List<User> usersAmongMembers(String groupId) {
    UserCollectionResponse first =
        requests.send(
            Operation.LIST_MEMBERS,
            graph ->
                graph
                    .groups()
                    .byGroupId(groupId)
                    .transitiveMembers()
                    .graphUser()
                    .get(
                        c -> {
                          c.queryParameters.select = USER_FIELDS;
                          c.queryParameters.count = true;
                          c.queryParameters.top = PAGE;
                          c.headers.add(CONSISTENCY, EVENTUAL);
                        }));
    return pages.all(
        first,
        UserCollectionResponse::getValue,
        link ->
            requests.send(
                Operation.LIST_MEMBERS,
                graph ->
                    graph
                        .groups()
                        .byGroupId(groupId)
                        .transitiveMembers()
                        .graphUser()
                        .withUrl(link)
                        .get(c -> c.headers.add(CONSISTENCY, EVENTUAL))));
  }

  private List<User> allMembers(String groupId) {
    DirectoryObjectCollectionResponse first =
        requests.send(
            Operation.LIST_MEMBERS,
            graph -> graph.groups().byGroupId(groupId).transitiveMembers().get());
    return pages
        .all(
            first,
            DirectoryObjectCollectionResponse::getValue,
            link ->
                requests.send(
                    Operation.LIST_MEMBERS,
                    graph ->
                        graph.groups().byGroupId(groupId).transitiveMembers().withUrl(link).get()))
        .stream()
        .filter(User.class::isInstance)
        .map(User.class::cast)
        .toList();
  }

  private List<Mailbox> mailboxes(List<User> users) {
    return users.stream().map(this::mailbox).flatMap(Optional::stream).toList();
  }

  private Optional<Mailbox> mailbox(User user) {
    String principalName = text(user.getUserPrincipalName());
    String mail = text(user.getMail());
    String address = mail.isEmpty() ? principalName : mail;
    if (address.isEmpty()) {
      return Optional.empty();
    }
    Mailbox mailbox = new Mailbox(address);
    String id = text(user.getId());
    if (!id.isEmpty() && !principalName.equalsIgnoreCase(address)) {
      userIds.put(mailbox, id);
    }
    return Optional.of(mailbox);
  }

  private static String text(@Nullable String value) {
    return value == null ? "" : value.strip();
  }

  private static String quoted(String text) {
    return text.replace("'", "''");
  }

  private static <T> List<T> orNone(@Nullable List<T> values) {
    return values == null ? List.of() : values;
  }
}
