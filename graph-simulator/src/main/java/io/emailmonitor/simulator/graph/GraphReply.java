package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer, complete before the first byte of it is sent. */
public final class GraphReply {

  private static final String JSON =
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;

  private GraphReply(int status, Map<String, String> headers, byte[] body) {
    this.status = status;
    this.headers = headers;
    this.body = body;
  }

  public static GraphReply json(int status, JsonNode body) {
    try {
      return bytes(status, JSON, MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** Takes the array as it is: it must not be written to any more. */
  public static GraphReply bytes(int status, String contentType, byte[] body) {
    return new GraphReply(status, Map.of("Content-Type", contentType), body);
  }

  public static GraphReply empty(int status) {
    return new GraphReply(status, Map.of(), new byte[0]);
  }

  /** The same with one header more. */
  public GraphReply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new GraphReply(status, more, body);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  /** Read only. */
  public byte[] body() {
    return body;
  }
}
