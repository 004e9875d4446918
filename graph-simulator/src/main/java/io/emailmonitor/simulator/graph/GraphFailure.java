package io.emailmonitor.simulator.graph;

import java.util.Map;

/** A refusal that the client is to see, with Graph's own code and words. */
final class GraphFailure extends RuntimeException {

  private final int status;
  private final String code;
  private final Map<String, String> headers;

  GraphFailure(int status, String code, String message) {
    this(status, code, message, Map.of());
  }

  GraphFailure(int status, String code, String message, Map<String, String> headers) {
    super(message, null, false, false);
    this.status = status;
    this.code = code;
    this.headers = Map.copyOf(headers);
  }

  static GraphFailure itemNotFound() {
    return new GraphFailure(
        404, "ErrorItemNotFound", "The specified object was not found in the store.");
  }

  static GraphFailure badRequest(String message) {
    return new GraphFailure(400, "BadRequest", message);
  }

  static GraphFailure unknownProperty(String name, String type) {
    return new GraphFailure(
        400,
        "RequestBroker--ParseUri",
        "Could not find a property named '" + name + "' on type 'microsoft.graph." + type + "'.");
  }

  int status() {
    return status;
  }

  String code() {
    return code;
  }

  String words() {
    String words = getMessage();
    return words == null ? "" : words;
  }

  Map<String, String> headers() {
    return headers;
  }
}
