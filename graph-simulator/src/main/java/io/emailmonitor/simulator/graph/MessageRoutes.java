package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Route;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Message;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** Messages: lists, single ones, their MIME, and the writes that clients may do. */
final class MessageRoutes {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Lookup lookup;

  MessageRoutes(Lookup lookup) {
    this.lookup = lookup;
  }

  List<Route<Handler>> routes() {
    List<Route<Handler>> routes = new ArrayList<>();
    for (String base : List.of("users/{user}", "users/{user}/mailFolders/{folder}")) {
      routes.add(Route.get(base + "/messages", this::list));
      routes.add(Route.get(base + "/messages/{message}", this::get));
      routes.add(Route.get(base + "/messages/{message}/$value", this::mime));
      routes.add(Route.of("PATCH", base + "/messages/{message}", this::patch));
      routes.add(Route.of("DELETE", base + "/messages/{message}", this::delete));
      routes.add(Route.of("POST", base + "/messages/{message}/move", this::move));
    }
    return routes;
  }

  private Reply list(Call call) {
    Mailbox mailbox = lookup.mailbox(call);
    String path = "/users('" + mailbox.owner().id() + "')";
    List<Message> messages = mailbox.messages();
    if (call.names().containsKey("folder")) {
      Folder folder = lookup.folder(mailbox, call.name("folder"));
      messages = folder.messages();
      path += "/mailFolders('" + folder.id() + "')";
    }
    Selection selection = selection(call);
    Expansion expansion = expansion(call);
    MessageFilter filter = MessageFilter.parse(call.option("filter").orElse(""));
    List<Message> shown = messages.stream().filter(filter).sorted(order(call, filter)).toList();
    return Reply.json(
        200,
        Paging.MAIL.page(
            call,
            path.substring(1) + "/messages" + selection,
            path + "/messages",
            shown,
            message -> MessageJson.of(message, call.preferences(), selection, expansion)));
  }

  private static Comparator<Message> order(Call call, MessageFilter filter) {
    Comparator<Message> newestFirst =
        Comparator.comparing(Message::received).reversed().thenComparing(Message::key);
    String orderBy = call.option("orderby").orElse("").strip().toLowerCase(Locale.ROOT);
    if (orderBy.isEmpty()) {
      return newestFirst;
    }
    if (!orderBy.matches("receiveddatetime(\\s+(asc|desc))?")) {
      throw GraphFailure.badRequest("Only receivedDateTime can be ordered by here.");
    }
    if (!filter.isEmpty() && !filter.speaksOf("receivedDateTime")) {
      throw new GraphFailure(
          400,
          "InefficientFilter",
          "The restriction or sort order is too complex for this operation.");
    }
    return orderBy.endsWith("desc")
        ? newestFirst
        : Comparator.comparing(Message::received).thenComparing(Message::key);
  }

  private Reply get(Call call) {
    return reply(call, 200, lookup.message(call));
  }

  private Reply reply(Call call, int status, Message message) {
    Selection selection = selection(call);
    Mailbox mailbox = lookup.mailbox(call);
    return Replies.entity(
        call,
        status,
        "users('" + mailbox.owner().id() + "')/messages" + selection,
        MessageJson.of(message, call.preferences(), selection, expansion(call)));
  }

  private Reply mime(Call call) {
    return Reply.bytes(200, "text/plain", lookup.message(call).mail().source().bytes());
  }

  private Reply patch(Call call) {
    Message message = lookup.message(call);
    JsonNode wanted = body(call);
    Boolean read = wanted.path("isRead").isBoolean() ? wanted.path("isRead").asBoolean() : null;
    List<String> categories = null;
    if (wanted.path("categories").isArray()) {
      categories = new ArrayList<>();
      for (JsonNode category : wanted.path("categories")) {
        categories.add(category.asText());
      }
    }
    return reply(
        call,
        200,
        lookup
            .mailbox(call)
            .update(message.id(), read, categories)
            .orElseThrow(GraphFailure::itemNotFound));
  }

  private Reply delete(Call call) {
    Message message = lookup.message(call);
    return lookup
        .mailbox(call)
        .delete(message.id())
        .map(gone -> Reply.empty(204))
        .orElseThrow(GraphFailure::itemNotFound);
  }

  private Reply move(Call call) {
    Message message = lookup.message(call);
    Mailbox mailbox = lookup.mailbox(call);
    Folder target = lookup.folder(mailbox, destination(body(call)));
    return reply(
        call, 201, mailbox.move(message.id(), target).orElseThrow(GraphFailure::itemNotFound));
  }

  /** Microsoft's SDKs write it with a capital, its documentation without. */
  private static String destination(JsonNode body) {
    return body.path(body.has("DestinationId") ? "DestinationId" : "destinationId").asText();
  }

  private static JsonNode body(Call call) {
    try {
      return MAPPER.readTree(call.request().body());
    } catch (IOException e) {
      throw GraphFailure.badRequest("Unable to read JSON request payload.");
    }
  }

  private static Selection selection(Call call) {
    return Selection.parse(call.option("select").orElse(""), MessageJson.TYPE);
  }

  private static Expansion expansion(Call call) {
    return Expansion.parse(call.option("expand").orElse(""));
  }
}
