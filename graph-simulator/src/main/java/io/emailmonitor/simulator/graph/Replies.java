package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Lists, and pages of them. */
final class Replies {

  private Replies() {}

  static GraphReply entity(Call call, int status, String context, ObjectNode entity) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("@odata.context", call.context(context) + "/$entity");
    json.setAll(entity);
    return GraphReply.json(status, json);
  }

  static ObjectNode list(Call call, String context, List<? extends JsonNode> values) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("@odata.context", call.context(context));
    ArrayNode value = JsonNodeFactory.instance.arrayNode();
    values.forEach(value::add);
    json.set("value", value);
    return json;
  }

  /**
   * One page by {@code $top} and the given kind of skipping, with a link to the next.
   *
   * @param path where the list is, for the link
   * @param skipOption {@code skip}, as mail has it, or {@code skiptoken}, as the directory has it
   */
  static <T> ObjectNode page(
      Call call,
      String context,
      String path,
      String skipOption,
      int defaultSize,
      List<T> all,
      Function<T, ? extends JsonNode> shape) {
    int size = call.number("top", defaultSize, 1, 1000);
    int skip = call.number(skipOption, 0, 0, Integer.MAX_VALUE);
    int from = Math.min(skip, all.size());
    int to = Math.min(from + size, all.size());
    List<JsonNode> values = new ArrayList<>();
    all.subList(from, to).forEach(item -> values.add(shape.apply(item)));
    ObjectNode json = list(call, context, values);
    if (call.option("count").filter("true"::equalsIgnoreCase).isPresent()) {
      json.put("@odata.count", all.size());
    }
    if (to < all.size()) {
      Map<String, String> options = new LinkedHashMap<>(call.request().options());
      options.put(skipOption, Integer.toString(to));
      json.put("@odata.nextLink", call.request().baseUri() + path + '?' + query(options));
    }
    return json;
  }

  private static String query(Map<String, String> options) {
    List<String> pairs = new ArrayList<>();
    options.forEach((name, value) -> pairs.add('$' + encode(name) + '=' + encode(value)));
    return String.join("&", pairs);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
