package io.emailmonitor.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.emailmonitor.simulator.graph.GraphReply;
import io.emailmonitor.simulator.graph.GraphRequest;
import java.util.List;

/**
 * What only the simulator has: delivering mail and asking for the truth, under a path of its own.
 */
final class ControlRoutes {

  private final GraphSimulator simulator;
  private final ObjectMapper mapper = new ObjectMapper();

  ControlRoutes(GraphSimulator simulator) {
    this.simulator = simulator;
  }

  GraphReply answer(GraphRequest request) {
    List<String> path = request.segments();
    if (path.equals(List.of("_simulator", "truth")) && request.method().equals("GET")) {
      JsonNode truth = mapper.valueToTree(simulator.truth());
      return GraphReply.json(200, truth);
    }
    if (path.size() == 6
        && path.get(1).equals("mailboxes")
        && path.get(3).equals("folders")
        && path.get(5).equals("messages")
        && request.method().equals("POST")) {
      return deliver(path.get(2), path.get(4), request.body());
    }
    return error(
        404,
        "there is GET /_simulator/truth and POST /_simulator/mailboxes/{address}/folders/{folder}/messages");
  }

  private GraphReply deliver(String mailbox, String folder, byte[] eml) {
    if (mailbox.indexOf('@') < 1 || eml.length == 0) {
      return error(400, "a mailbox's address in the path and a mail as the body are needed");
    }
    String id = simulator.deliver(mailbox, folder, eml);
    return GraphReply.json(201, JsonNodeFactory.instance.objectNode().put("id", id));
  }

  private static GraphReply error(int status, String message) {
    return GraphReply.json(status, JsonNodeFactory.instance.objectNode().put("error", message));
  }
}
