package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** How a list is given in pages by {@code $top} and a link to the next page. */
enum Paging {
  MAIL("skip", 10, 1000),
  DIRECTORY("skiptoken", 100, 999);

  private final String skipOption;
  private final int defaultSize;
  private final int largestSize;

  Paging(String skipOption, int defaultSize, int largestSize) {
    this.skipOption = skipOption;
    this.defaultSize = defaultSize;
    this.largestSize = largestSize;
  }

  /**
   * @param path where the list is, for the link
   */
  <T> ObjectNode page(
      Call call, String context, String path, List<T> all, Function<T, ? extends JsonNode> shape) {
    int preferred = Math.min(call.preferences().pageSize(), largestSize);
    int size = call.number("top", preferred > 0 ? preferred : defaultSize, 1, largestSize);
    int from = Math.min(call.number(skipOption, 0, 0, Integer.MAX_VALUE), all.size());
    int to = Math.min(from + size, all.size());
    List<JsonNode> values = new ArrayList<>();
    all.subList(from, to).forEach(item -> values.add(shape.apply(item)));
    ObjectNode json = Replies.list(call, context, values);
    if (counts(call)) {
      json.put("@odata.count", all.size());
    }
    if (to < all.size()) {
      Map<String, String> options = new LinkedHashMap<>(call.request().options());
      options.put(skipOption, Integer.toString(to));
      json.put("@odata.nextLink", call.request().baseUri() + path + '?' + query(options));
    }
    return json;
  }

  /** The directory counts only for those who send its header, and says nothing when it does not. */
  private boolean counts(Call call) {
    return call.option("count").filter("true"::equalsIgnoreCase).isPresent()
        && (this == MAIL || DirectoryFilter.isEventual(call));
  }

  private static String query(Map<String, String> options) {
    List<String> pairs = new ArrayList<>();
    options.forEach(
        (name, value) -> {
          String sign = name.equals("includehiddenfolders") ? "" : "$";
          pairs.add(sign + encode(name) + '=' + encode(value));
        });
    return String.join("&", pairs);
  }

  private static String encode(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
  }
}
