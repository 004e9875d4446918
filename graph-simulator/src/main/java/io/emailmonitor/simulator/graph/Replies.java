package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import java.util.List;

/** The frames around single entities and lists. */
final class Replies {

  private Replies() {}

  static Reply entity(Call call, int status, String context, ObjectNode entity) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("@odata.context", call.context(context) + "/$entity");
    json.setAll(entity);
    return Reply.json(status, json);
  }

  static ObjectNode list(Call call, String context, List<? extends JsonNode> values) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("@odata.context", call.context(context));
    ArrayNode value = JsonNodeFactory.instance.arrayNode();
    values.forEach(value::add);
    json.set("value", value);
    return json;
  }
}
