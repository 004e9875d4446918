package io.emailmonitor.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.fault.Durations;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.FaultJson;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import io.emailmonitor.simulator.http.Route;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What only the simulator has: changing mail, faults and time, and asking for the truth, under a
 * path of its own and without a token.
 */
final class ControlRoutes {

  static final String ROOT = "_simulator";

  private static final String FOLDER = ROOT + "/mailboxes/{mailbox}/folders/{folder}";
  private static final String MESSAGE = ROOT + "/mailboxes/{mailbox}/messages/{message}";

  private final GraphSimulator simulator;
  private final List<Route<Control>> routes =
      List.of(
          Route.get(ROOT + "/truth", this::truth),
          Route.get(ROOT + "/totals", this::totals),
          Route.get(ROOT + "/requests", this::requests),
          Route.of("POST", FOLDER + "/messages", this::deliver),
          Route.of("POST", FOLDER + "/expireDeltaLinks", this::expireDeltaLinks),
          Route.of("PATCH", FOLDER, this::rename),
          Route.of("POST", FOLDER + "/move", this::moveFolder),
          Route.of("DELETE", FOLDER, this::deleteFolder),
          Route.of("PATCH", MESSAGE, this::mark),
          Route.of("DELETE", MESSAGE, this::delete),
          Route.of("POST", MESSAGE + "/move", this::move),
          Route.of("POST", MESSAGE + "/attachments", this::attach),
          Route.get(ROOT + "/faults", this::faults),
          Route.of("POST", ROOT + "/faults", this::addFault),
          Route.of("DELETE", ROOT + "/faults", this::clearFaults),
          Route.of("DELETE", ROOT + "/faults/{fault}", this::removeFault),
          Route.get(ROOT + "/tokens", this::tokens),
          Route.of("POST", ROOT + "/tokens/expire", this::expireTokens),
          Route.get(ROOT + "/clock", this::clock),
          Route.of("POST", ROOT + "/clock", this::advance));

  ControlRoutes(GraphSimulator simulator) {
    this.simulator = simulator;
  }

  Reply answer(Request request) {
    for (Route<Control> route : routes) {
      Optional<Map<String, String>> names = route.match(request.segments());
      if (names.isPresent() && route.method().equals(request.method())) {
        try {
          return route.handler().answer(request, names.get());
        } catch (IllegalArgumentException e) {
          return error(400, String.valueOf(e.getMessage()));
        }
      }
    }
    List<String> known =
        routes.stream().map(any -> any.method() + " /" + String.join("/", any.pattern())).toList();
    return error(404, "there is " + String.join(", ", known));
  }

  private Reply truth(Request request, Map<String, String> names) {
    Truth truth = request.option("mailbox").map(simulator::truth).orElseGet(simulator::truth);
    return Reply.json(200, FaultJson.write(truth));
  }

  private Reply totals(Request request, Map<String, String> names) {
    return Reply.json(200, FaultJson.write(simulator.totals()));
  }

  private Reply requests(Request request, Map<String, String> names) {
    return Reply.json(200, FaultJson.write(simulator.requestCounts()));
  }

  private Reply deliver(Request request, Map<String, String> names) {
    String mailbox = named(names, "mailbox");
    if (mailbox.indexOf('@') < 1 || request.body().length == 0) {
      throw new IllegalArgumentException(
          "a mailbox's address in the path and a mail as the body are needed");
    }
    String id = simulator.deliver(mailbox, named(names, "folder"), request.body());
    return Reply.json(201, object().put("id", id));
  }

  private Reply expireDeltaLinks(Request request, Map<String, String> names) {
    simulator.expireDeltaLinks(named(names, "mailbox"), named(names, "folder"));
    return Reply.empty(204);
  }

  private Reply rename(Request request, Map<String, String> names) {
    String name = required(request, "name", "{\"name\": \"Rechnungen\"}");
    simulator.renameFolder(named(names, "mailbox"), named(names, "folder"), name);
    return Reply.empty(204);
  }

  private Reply moveFolder(Request request, Map<String, String> names) {
    String target = required(request, "folder", "{\"folder\": \"archive\"}");
    simulator.moveFolder(named(names, "mailbox"), named(names, "folder"), target);
    return Reply.empty(204);
  }

  private Reply deleteFolder(Request request, Map<String, String> names) {
    simulator.deleteFolder(named(names, "mailbox"), named(names, "folder"));
    return Reply.empty(204);
  }

  private Reply mark(Request request, Map<String, String> names) {
    JsonNode read = body(request).path("isRead");
    if (!read.isBoolean()) {
      throw new IllegalArgumentException("a body such as {\"isRead\": true} is needed");
    }
    simulator.markRead(named(names, "mailbox"), named(names, "message"), read.asBoolean());
    return Reply.empty(204);
  }

  private Reply delete(Request request, Map<String, String> names) {
    simulator.delete(named(names, "mailbox"), named(names, "message"));
    return Reply.empty(204);
  }

  private Reply move(Request request, Map<String, String> names) {
    String folder = required(request, "folder", "{\"folder\": \"inbox/Done\"}");
    simulator.move(named(names, "mailbox"), named(names, "message"), folder);
    return Reply.empty(204);
  }

  private Reply attach(Request request, Map<String, String> names) {
    String name = request.option("name").orElse("");
    if (name.isBlank()) {
      throw new IllegalArgumentException("?name= and the attachment's name are needed");
    }
    String id =
        simulator.attach(
            named(names, "mailbox"),
            named(names, "message"),
            name,
            request.header("Content-Type").orElse("application/octet-stream"),
            request.body());
    return Reply.json(201, object().put("id", id));
  }

  private Reply faults(Request request, Map<String, String> names) {
    return Reply.json(200, FaultJson.write(simulator.faults().active()));
  }

  private Reply addFault(Request request, Map<String, String> names) {
    String id = simulator.faults().add(FaultJson.read(request.body(), Fault.class));
    return Reply.json(201, object().put("id", id));
  }

  private Reply clearFaults(Request request, Map<String, String> names) {
    simulator.faults().clear();
    return Reply.empty(204);
  }

  private Reply removeFault(Request request, Map<String, String> names) {
    String id = named(names, "fault");
    return simulator.faults().remove(id) ? Reply.empty(204) : error(404, "there is no fault " + id);
  }

  private Reply tokens(Request request, Map<String, String> names) {
    return Reply.json(200, object().put("issued", simulator.issuedTokens()));
  }

  private Reply expireTokens(Request request, Map<String, String> names) {
    simulator.expireTokens();
    return Reply.empty(204);
  }

  private Reply clock(Request request, Map<String, String> names) {
    return Reply.json(200, object().put("now", simulator.now().toString()));
  }

  private Reply advance(Request request, Map<String, String> names) {
    String time = required(request, "advance", "{\"advance\": \"10m\"}");
    simulator.advance(Durations.parse(time));
    return clock(request, names);
  }

  private static String required(Request request, String name, String example) {
    String value = body(request).path(name).asText();
    if (value.isBlank()) {
      throw new IllegalArgumentException("a body such as " + example + " is needed");
    }
    return value;
  }

  private static JsonNode body(Request request) {
    return FaultJson.read(request.body(), JsonNode.class);
  }

  private static String named(Map<String, String> names, String name) {
    return names.getOrDefault(name, "");
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  private static Reply error(int status, String message) {
    return Reply.json(status, object().put("error", message));
  }

  private interface Control {
    Reply answer(Request request, Map<String, String> names);
  }
}
