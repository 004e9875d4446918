package io.emailmonitor.monitor.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
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
    Problem problem = Problem.of(code, "The request was refused before it reached a route");
    SecurityHeaders.ALL.forEach((name, value) -> response.getHeaders().put(name, value));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE.toString());
    response.write(true, ByteBuffer.wrap(mapper.writeValueAsBytes(problem)), callback);
  }
}
