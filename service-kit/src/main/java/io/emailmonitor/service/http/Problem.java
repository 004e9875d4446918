package io.emailmonitor.service.http;

import com.fasterxml.jackson.annotation.JsonAnyGetter;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.util.Map;

/**
 * An error as RFC 9457 has it.
 *
 * @param title the same for every error with this status
 * @param detail what went wrong this time and what to do about it
 * @param more members of our own
 */
public record Problem(
    int status, String title, String detail, @JsonAnyGetter Map<String, Object> more) {
  public static final MediaType MEDIA_TYPE = new MediaType("application", "problem+json", "utf-8");

  /** Of a status, with words for whoever asked. */
  public static Problem of(int status, String detail) {
    return new Problem(status, title(status), detail, Map.of());
  }

  private static String title(int status) {
    Response.Status known = Response.Status.fromStatusCode(status);
    if (known != null) {
      return known.getReasonPhrase();
    }
    return status == 421 ? "Misdirected Request" : "Error";
  }

  /** More wrong tokens came from an address than are looked at. */
  public static Problem tooManyWrongTokens() {
    return of(
        429,
        "Too many wrong tokens came from this address; none is looked at for up to "
            + WrongTokens.WINDOW.toSeconds()
            + " s");
  }

  /** A body is larger than any route has use for. */
  public static Problem tooLarge() {
    return of(413, "The body is larger than " + AccessFilter.LARGEST_BODY + " bytes, the most");
  }

  /** With these members beside the usual ones. */
  public Problem with(Map<String, Object> members) {
    return new Problem(status, title, detail, members);
  }

  /** The headers that go with it. */
  Map<String, String> headers() {
    return switch (status) {
      case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"email-monitor\"");
      case 413 -> Map.of("Connection", "close");
      case 429 -> Map.of("Retry-After", String.valueOf(WrongTokens.WINDOW.toSeconds()));
      default -> Map.of();
    };
  }

  /** As a route's answer. */
  public Response response() {
    Response.ResponseBuilder answer = Response.status(status).type(MEDIA_TYPE).entity(this);
    headers().forEach(answer::header);
    return answer.build();
  }

  /** Answers with it where no route does. */
  public void answer(HttpServletResponse response, ObjectMapper mapper) throws IOException {
    response.setStatus(status);
    headers().forEach(response::setHeader);
    response.setContentType(MEDIA_TYPE.toString());
    mapper.writeValue(response.getOutputStream(), this);
  }

  /** To be thrown by a route. */
  public WebApplicationException exception() {
    return new WebApplicationException(detail, response());
  }
}
