package io.emailmonitor.simulator.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.LinkedHashMap;
import java.util.Map;

/** One answer, complete before the first byte of it is sent. */
public final class Reply {

  private static final String JSON =
      "application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8";
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final int status;
  private final Map<String, String> headers;
  private final byte[] body;
  private final Transmission transmission;
  private final Runnable onSent;

  private Reply(
      int status,
      Map<String, String> headers,
      byte[] body,
      Transmission transmission,
      Runnable onSent) {
    this.status = status;
    this.headers = headers;
    this.body = body;
    this.transmission = transmission;
    this.onSent = onSent;
  }

  public static Reply json(int status, JsonNode body) {
    try {
      return bytes(status, JSON, MAPPER.writeValueAsBytes(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree can always be written", e);
    }
  }

  /** Takes the array as it is: it must not be written to any more. */
  public static Reply bytes(int status, String contentType, byte[] body) {
    return new Reply(
        status, Map.of("Content-Type", contentType), body, Transmission.USUAL, () -> {});
  }

  public static Reply empty(int status) {
    return new Reply(status, Map.of(), new byte[0], Transmission.USUAL, () -> {});
  }

  /** The same with one header more. */
  public Reply with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(name, value);
    return new Reply(status, more, body, transmission, onSent);
  }

  /** The same, sent in another way. */
  public Reply over(Transmission other) {
    return new Reply(status, headers, body, other, onSent);
  }

  /** The same, with something to do before its last byte is sent or it is given up. */
  public Reply whenSent(Runnable action) {
    return new Reply(status, headers, body, transmission, action);
  }

  public int status() {
    return status;
  }

  public Map<String, String> headers() {
    return headers;
  }

  public Transmission transmission() {
    return transmission;
  }

  void sent() {
    onSent.run();
  }

  /** Read only. */
  public byte[] body() {
    return body;
  }
}
