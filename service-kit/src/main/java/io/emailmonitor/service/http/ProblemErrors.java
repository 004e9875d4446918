package io.emailmonitor.service.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Makes a {@link Problem} of what the HTTP server refuses before any route sees it. */
public final class ProblemErrors extends ErrorHandler {
  private final ObjectMapper mapper;

  public ProblemErrors(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /** By default only requests that may have a page get one. */
  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  /** The server's own message and cause are left out: they quote the request and the inside. */
  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int code,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback)
      throws IOException {
    Problem problem = Problem.of(code, detail(code));
    SecurityHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE.toString());
    response.write(true, ByteBuffer.wrap(mapper.writeValueAsBytes(problem)), callback);
  }

  /** What was wrong with a body that could not be read to its end, if that was it. */
  public static Optional<Problem> ofBadRequest(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof HttpException refused) {
        return Optional.of(Problem.of(refused.getCode(), detail(refused.getCode())));
      }
      if (cause instanceof EofException || cause instanceof TimeoutException) {
        return Optional.of(Problem.of(408, detail(408)));
      }
    }
    return Optional.empty();
  }

  private static String detail(int code) {
    return switch (code) {
      case 400 -> "The request or its address is not valid HTTP";
      case 404 -> "There is nothing under this address; docs/api.md lists what there is";
      case 405 -> "This method is not known here";
      case 408 -> "The request came too slowly";
      case 413 -> "The body is larger than anything here has use for";
      case 414, 431 -> "The address or the headers are larger than 8 KiB together";
      case 503 -> "There are too many requests at this moment; try again later";
      default -> "The request was refused before it reached a route";
    };
  }
}
