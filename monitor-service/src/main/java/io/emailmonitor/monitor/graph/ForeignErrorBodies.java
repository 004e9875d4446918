package io.emailmonitor.monitor.graph;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Response;
import okhttp3.ResponseBody;

/**
 * Empties the body of a refusal that is not Graph's (a gateway's HTML page, cut JSON): the SDK
 * would stumble over it and lose status and headers, which it keeps when there is no body.
 */
final class ForeignErrorBodies implements Interceptor {
  private static final int FIRST_ERROR_STATUS = 400;
  private static final long MAX_BYTES = 64 * 1024;
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.code() < FIRST_ERROR_STATUS || isGraphError(response)) {
      return response;
    }
    response.close();
    return response.newBuilder().body(ResponseBody.create(new byte[0], null)).build();
  }

  private static boolean isGraphError(Response response) {
    ResponseBody body = response.body();
    if (body == null
        || body.contentType() == null
        || !body.contentType().subtype().endsWith("json")) {
      return false;
    }
    try {
      return JSON.readTree(response.peekBody(MAX_BYTES).bytes()).path("error").isObject();
    } catch (JsonProcessingException e) {
      return false;
    } catch (IOException e) {
      // The connection broke within the body, but what it is about is known.
      return false;
    }
  }
}
