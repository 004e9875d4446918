package io.emailmonitor.monitor.api;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Map;

/**
 * An error as RFC 9457 has it.
 *
 * @param title the same for every error with this status
 * @param detail what went wrong this time and what to do about it
 * @param more members of our own
 */
record Problem(int status, String title, String detail, @JsonAnyGetter Map<String, Object> more) {
  static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json", "utf-8");

  static Problem of(int status, String detail) {
    Response.Status known = Response.Status.fromStatusCode(status);
    return new Problem(status, known == null ? "Error" : known.getReasonPhrase(), detail, Map.of());
  }

  Problem with(Map<String, Object> members) {
    return new Problem(status, title, detail, members);
  }

  Response response() {
    return Response.status(status).type(MEDIA_TYPE).entity(this).build();
  }

  WebApplicationException exception() {
    return new WebApplicationException(detail, response());
  }
}
