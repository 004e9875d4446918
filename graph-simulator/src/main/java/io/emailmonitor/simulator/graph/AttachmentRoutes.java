package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Route;
import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.store.Message;
import java.util.ArrayList;
import java.util.List;

/** The attachments of a message: list, single ones, their bytes. */
final class AttachmentRoutes {

  private final Lookup lookup;

  AttachmentRoutes(Lookup lookup) {
    this.lookup = lookup;
  }

  List<Route<Handler>> routes() {
    List<Route<Handler>> routes = new ArrayList<>();
    for (String base : List.of("users/{user}", "users/{user}/mailFolders/{folder}")) {
      String path = base + "/messages/{message}/attachments";
      routes.add(Route.get(path, this::list));
      routes.add(Route.get(path + "/{attachment}", this::get));
      routes.add(Route.get(path + "/{attachment}/$value", this::value));
    }
    return routes;
  }

  private Reply list(Call call) {
    Message message = lookup.message(call);
    Selection selection = selection(call);
    List<ObjectNode> shapes = new ArrayList<>();
    for (int i = 0; i < message.attachments().size(); i++) {
      shapes.add(AttachmentJson.of(message, i, call.preferences(), selection));
    }
    return Reply.json(200, Replies.list(call, context(call, message) + selection, shapes));
  }

  private Reply get(Call call) {
    Message message = lookup.message(call);
    Selection selection = selection(call);
    int number = lookup.attachment(call, message);
    return Replies.entity(
        call,
        200,
        context(call, message) + selection,
        AttachmentJson.of(message, number, call.preferences(), selection));
  }

  private Reply value(Call call) {
    Message message = lookup.message(call);
    MailAttachment attachment = message.attachments().get(lookup.attachment(call, message));
    return switch (attachment.kind()) {
      case FILE -> Reply.bytes(200, attachment.contentType(), attachment.content().bytes());
      case ITEM -> Reply.bytes(200, "text/plain", attachment.content().bytes());
      case REFERENCE ->
          throw new GraphFailure(
              405, "ErrorInvalidRequest", "The raw value of a reference attachment is not there.");
    };
  }

  private String context(Call call, Message message) {
    String user = lookup.mailbox(call).owner().id();
    String id = message.id(call.preferences().immutableIds());
    return "users('" + user + "')/messages('" + id + "')/attachments";
  }

  private static Selection selection(Call call) {
    return Selection.parse(call.option("select").orElse(""), AttachmentJson.TYPE);
  }
}
