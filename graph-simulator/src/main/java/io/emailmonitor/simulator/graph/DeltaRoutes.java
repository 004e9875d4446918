package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Route;
import io.emailmonitor.simulator.store.Change;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Change tracking of a folder's messages. */
final class DeltaRoutes {

  private static final int PAGE = 10;
  private static final Pattern NEWEST_FIRST =
      Pattern.compile("receivedDateTime\\s+desc", Pattern.CASE_INSENSITIVE);

  private final Lookup lookup;
  private final SyncStates states;

  DeltaRoutes(Lookup lookup, SyncStates states) {
    this.lookup = lookup;
    this.states = states;
  }

  List<Route<Handler>> routes() {
    return List.of(
        Route.get("users/{user}/mailFolders/{folder}/messages/delta", this::messages),
        Route.get("users/{user}/mailFolders/delta", this::folders));
  }

  private Reply messages(Call call) {
    Mailbox mailbox = lookup.mailbox(call);
    Folder folder = lookup.folder(mailbox, call.name("folder"));
    String path = userPath(mailbox) + "/mailFolders('" + folder.id() + "')/messages/delta";
    DeltaToken token = token(call, folder.id(), folder.highest(), path, messageOptions(call));
    DeltaToken.Options options = token.options();
    Selection selection = Selection.parse(options.select(), MessageJson.TYPE);
    Expansion expansion = Expansion.parse(options.expand());
    Set<PageQuirk> quirks = call.quirks();
    boolean empty = quirks.contains(PageQuirk.EMPTY);
    int size = empty ? 0 : Math.min(pageSize(call), token.left());
    List<Change> changes = changes(folder, token, size + 1);
    List<Change> page = changes.subList(0, Math.min(size, changes.size()));
    List<ObjectNode> shapes = new ArrayList<>();
    for (Change change : oddly(page, quirks, folder, token)) {
      boolean lost = quirks.contains(PageQuirk.LOSE_RETURNED) && change.returnedSince(token.from());
      shapes.add(
          change.removed() || lost
              ? MessageJson.removed(change.message(), call.preferences(), reason(quirks))
              : typed(MessageJson.of(change.message(), call.preferences(), selection, expansion)));
    }
    ObjectNode json = Replies.list(call, "Collection(message)", shapes);
    int left = token.left() - page.size();
    // A round that $top cut short still ends with an empty page of its own.
    boolean more = empty || (!page.isEmpty() && (changes.size() > size || left == 0));
    long at = page.isEmpty() ? token.cursor() : page.get(page.size() - 1).at();
    boolean backwards = token.options().newestFirst() && !page.isEmpty();
    DeltaToken next = more ? token.nextPage(backwards ? at - 1 : at, left) : token.roundDone();
    return linked(call, json, path, more, next);
  }

  private static String reason(Set<PageQuirk> quirks) {
    return quirks.contains(PageQuirk.REMOVED_AS_CHANGED) ? "changed" : "deleted";
  }

  private static List<Change> oddly(
      List<Change> page, Set<PageQuirk> quirks, Folder folder, DeltaToken token) {
    List<Change> odd = new ArrayList<>();
    if (quirks.contains(PageQuirk.REPLAY) && !token.options().newestFirst()) {
      odd.addAll(
          folder.changes(0, token.cursor(), true, page.size() + 1, change -> !change.removed()));
      Collections.reverse(odd);
    }
    for (Change change : page) {
      odd.add(change);
      if (quirks.contains(PageQuirk.DUPLICATE)) {
        odd.add(change);
      }
    }
    if (quirks.contains(PageQuirk.REVERSE)) {
      Collections.reverse(odd);
    }
    return odd;
  }

  private static List<Change> changes(Folder folder, DeltaToken token, int limit) {
    Predicate<Change> filter = filter(token);
    return token.options().newestFirst()
        ? folder.changes(token.from(), token.cursor(), true, limit, filter)
        : folder.changes(token.cursor(), token.to(), false, limit, filter);
  }

  private static Predicate<Change> filter(DeltaToken token) {
    MessageFilter filter = MessageFilter.parseForDelta(token.options().filter());
    boolean firstRound = token.from() == 0;
    String wanted = token.options().changeType().toLowerCase(Locale.ROOT);
    return change -> {
      boolean isNew = change.isNewTo(token.from());
      if (change.removed() && isNew) {
        return false; // came and went between two rounds
      }
      String type = change.removed() ? "deleted" : isNew ? "created" : "updated";
      return (wanted.isEmpty() || firstRound || wanted.contains(type))
          && filter.test(change.message());
    };
  }

  private Reply folders(Call call) {
    Mailbox mailbox = lookup.mailbox(call);
    List<Folder> all = mailbox.folders();
    String path = userPath(mailbox) + "/mailFolders/delta";
    Selection.parse(call.option("select").orElse(""), FolderJson.TYPE);
    DeltaToken token =
        token(call, "folders of " + mailbox.owner().id(), all.size(), path, plainOptions(call));
    Selection selection = Selection.parse(token.options().select(), FolderJson.TYPE);
    int end = (int) Math.min(token.to(), token.cursor() + pageSize(call));
    List<ObjectNode> shapes = new ArrayList<>();
    // Folders may have been deleted since.
    for (Folder folder : all.stream().limit(end).skip(token.cursor()).toList()) {
      shapes.add(FolderJson.of(mailbox, folder, selection));
    }
    boolean more = end < token.to();
    DeltaToken next = more ? token.nextPage(end, token.left()) : token.roundDone();
    return linked(call, Replies.list(call, "Collection(mailFolder)", shapes), path, more, next);
  }

  /** Where this request stands: at the beginning, within a round, or at the start of a new one. */
  private DeltaToken token(
      Call call, String feed, long highest, String path, DeltaToken.Options options) {
    String skip = call.option("skiptoken").orElse("");
    String text = skip.isEmpty() ? call.option("deltatoken").orElse("") : skip;
    if (text.isEmpty()) {
      return DeltaToken.first(feed, states.newChain(feed), highest, options);
    }
    DeltaToken token = DeltaToken.decode(text);
    if (!token.feed().equals(feed)) {
      throw DeltaToken.badlyFormed();
    }
    if (!states.isGood(token)) {
      String restart = call.request().baseUri() + path + "?$deltatoken=";
      throw new GraphFailure(
          410, "SyncStateNotFound", states.describe(token), Map.of("Location", restart));
    }
    return skip.isEmpty() ? token.nextRound(highest) : token;
  }

  private static DeltaToken.Options messageOptions(Call call) {
    String orderBy = call.option("orderby").orElse("").strip();
    boolean newestFirst = NEWEST_FIRST.matcher(orderBy).matches();
    if ((!orderBy.isEmpty() && !newestFirst) || call.option("search").isPresent()) {
      throw GraphFailure.badRequest("The query option is not supported with change tracking.");
    }
    Selection.parse(call.option("select").orElse(""), MessageJson.TYPE);
    Expansion.parse(call.option("expand").orElse(""));
    MessageFilter.parseForDelta(call.option("filter").orElse(""));
    DeltaToken.Options plain = plainOptions(call);
    return new DeltaToken.Options(
        plain.select(),
        call.option("filter").orElse(""),
        call.option("expand").orElse(""),
        call.option("changeType").orElse(""),
        newestFirst,
        call.number("top", 0, 1, 1000));
  }

  private static DeltaToken.Options plainOptions(Call call) {
    return new DeltaToken.Options(call.option("select").orElse(""), "", "", "", false, 0);
  }

  private Reply linked(Call call, ObjectNode json, String path, boolean more, DeltaToken next) {
    states.issued(next);
    json.put(
        more ? "@odata.nextLink" : "@odata.deltaLink",
        call.request().baseUri()
            + path
            + (more ? "?$skiptoken=" : "?$deltatoken=")
            + next.encode());
    return Reply.json(200, json);
  }

  private static ObjectNode typed(ObjectNode message) {
    ObjectNode json = message.objectNode();
    json.put("@odata.type", "#microsoft.graph.message");
    json.setAll(message);
    return json;
  }

  private static int pageSize(Call call) {
    int asked = call.preferences().pageSize();
    return asked == 0 ? PAGE : asked;
  }

  private static String userPath(Mailbox mailbox) {
    return "/users('" + mailbox.owner().id() + "')";
  }
}
