package io.emailmonitor.simulator.store;

import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailAttachment;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One person's folders and messages. Safe for any number of threads. */
public final class Mailbox {

  private static final Map<String, String> WELL_KNOWN = new LinkedHashMap<>();

  static {
    WELL_KNOWN.put("archive", "Archive");
    WELL_KNOWN.put("conversationhistory", "Conversation History");
    WELL_KNOWN.put("deleteditems", "Deleted Items");
    WELL_KNOWN.put("drafts", "Drafts");
    WELL_KNOWN.put("inbox", "Inbox");
    WELL_KNOWN.put("junkemail", "Junk Email");
    WELL_KNOWN.put("outbox", "Outbox");
    WELL_KNOWN.put("sentitems", "Sent Items");
  }

  private final Person owner;
  private final Clock clock;
  private final Ids ids;
  private final Folder root;
  private final List<Folder> folders = new ArrayList<>();
  private final Map<String, Message> messages = new LinkedHashMap<>();
  private final Map<String, String> idsByMovable = new java.util.HashMap<>();
  private final List<Message> deleted = new ArrayList<>();
  private @Nullable Folder backlogFolder;
  private long deliveries;

  Mailbox(Person owner, Clock clock) {
    this.owner = owner;
    this.clock = clock;
    this.ids = new Ids(owner.address());
    this.root =
        new Folder(ids.folder(""), null, "Top of Information Store", "msgfolderroot", false);
    WELL_KNOWN.forEach(
        (wellKnown, name) ->
            add(
                new Folder(
                    folderId(wellKnown),
                    root,
                    name,
                    wellKnown,
                    wellKnown.equals("conversationhistory"))));
  }

  public Person owner() {
    return owner;
  }

  public Folder root() {
    return root;
  }

  /** In the order in which they were made, without the root. */
  public synchronized List<Folder> folders() {
    return List.copyOf(folders);
  }

  public List<Folder> children(Folder parent) {
    return folders().stream().filter(folder -> folder.parent() == parent).toList();
  }

  /** By id (case-sensitive) or well-known name. */
  public Optional<Folder> folder(String idOrWellKnownName) {
    if (idOrWellKnownName.equals(root.id())
        || idOrWellKnownName.equalsIgnoreCase(root.wellKnownName())) {
      return Optional.of(root);
    }
    return folders().stream()
        .filter(
            folder ->
                folder.id().equals(idOrWellKnownName)
                    || idOrWellKnownName.equalsIgnoreCase(folder.wellKnownName()))
        .findFirst();
  }

  /** The folder at a path such as {@code inbox/Invoices}; what is missing of it is made. */
  public synchronized Folder folderAt(String path) {
    Folder at = root;
    for (String name : path.split("/", -1)) {
      if (!name.isBlank()) {
        at = child(at, name);
      }
    }
    if (at == root) {
      throw new IllegalArgumentException(
          "a folder's path must name a folder, but was '" + path + "'");
    }
    return at;
  }

  private Folder child(Folder parent, String name) {
    for (Folder folder : folders) {
      if (folder.parent() == parent
          && (folder.name().equalsIgnoreCase(name)
              || name.equalsIgnoreCase(folder.wellKnownName()))) {
        return folder;
      }
    }
    String path = (parent == root ? "" : parent.path() + '/') + name;
    String id = folderId(path);
    while (hasFolder(id)) {
      // One that had this path before has another now, and keeps its id.
      path += '\n';
      id = folderId(path);
    }
    return add(new Folder(id, parent, name, null, false));
  }

  private boolean hasFolder(String id) {
    return folders.stream().anyMatch(folder -> folder.id().equals(id));
  }

  /** As when its owner gives it another name, or the mailbox another language. */
  public synchronized void rename(Folder folder, String name) {
    folder.rename(name);
  }

  /** With all that is below it. */
  public synchronized void move(Folder folder, Folder target) {
    if (target.isBelow(folder)) {
      throw new IllegalArgumentException("a folder cannot be moved below itself");
    }
    folder.moveBelow(target);
  }

  /** For good, with all that is in and below it. */
  public synchronized void delete(Folder folder) {
    for (Folder doomed : folders()) {
      if (doomed.isBelow(folder)) {
        doomed.messages().forEach(message -> delete(message.id()));
        folders.remove(doomed);
      }
    }
  }

  private String folderId(String path) {
    return ids.folder(path.toLowerCase(Locale.ROOT));
  }

  private Folder add(Folder folder) {
    folders.add(folder);
    return folder;
  }

  /** By id in either form. */
  public synchronized Optional<Message> message(String id) {
    Message byId = messages.get(idsByMovable.getOrDefault(id, id));
    return byId != null || backlogFolder == null
        ? Optional.ofNullable(byId)
        : backlogFolder.untouched(Ids.backlogNumber(id)).filter(message -> message.hasId(id));
  }

  /** All of them, in no particular order. */
  public List<Message> messages() {
    return folders().stream().flatMap(folder -> folder.messages().stream()).toList();
  }

  /** Puts mail into the inbox that is made when it is asked for; before all other. */
  public synchronized void begin(Backlog backlog) {
    Folder inbox = folderAt("inbox");
    backlogFolder = inbox;
    inbox.begin(
        backlog.size(),
        backlog.bytes(),
        number ->
            Message.arrived(
                ids, inbox, BacklogKey.of(number), backlog.mail(number), backlog.received(number)));
  }

  /** Those that are gone for good, as they were then. */
  public synchronized List<Message> deleted() {
    return List.copyOf(deleted);
  }

  /** New mail: it is received now, whatever its own date. */
  public synchronized Message deliver(Folder folder, Mail mail) {
    String key = "delivery " + ++deliveries + ' ' + mail.source().sha256();
    return put(Message.arrived(ids, folder, key, mail, now()));
  }

  /** Mail that was there before: its own headers say when it was received. */
  public synchronized Message store(Folder folder, String key, Mail mail, Instant otherwise) {
    Instant received = mail.arrived().orElse(otherwise).truncatedTo(ChronoUnit.SECONDS);
    return put(Message.arrived(ids, folder, key, mail, received));
  }

  /** New mail that came as a file. */
  public synchronized Message deliver(Folder folder, String key, Mail mail) {
    return put(Message.arrived(ids, folder, key, mail, now()));
  }

  public synchronized Optional<Message> move(String id, Folder target) {
    return message(id)
        .map(
            message -> {
              idsByMovable.remove(message.movableId());
              message.folder().remove(message);
              return put(message.movedTo(ids, target, now()));
            });
  }

  public synchronized Optional<Message> delete(String id) {
    Optional<Message> found = message(id);
    found.ifPresent(
        message -> {
          idsByMovable.remove(message.movableId());
          messages.remove(message.id());
          message.folder().remove(message);
          deleted.add(message.deleted(now()));
        });
    return found;
  }

  /** Null leaves a property as it is. */
  public synchronized Optional<Message> update(
      String id, @Nullable Boolean read, @Nullable List<String> categories) {
    return message(id)
        .map(
            message ->
                put(
                    message.changed(
                        read == null ? message.read() : read,
                        categories == null ? message.categories() : categories,
                        now())));
  }

  /** The message gets an attachment more; its place is the last. */
  public synchronized Optional<Message> attach(String id, MailAttachment late) {
    return message(id).map(message -> put(message.with(late, now())));
  }

  private Message put(Message message) {
    messages.put(message.id(), message);
    idsByMovable.put(message.movableId(), message.id());
    message.folder().put(message);
    return message;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
