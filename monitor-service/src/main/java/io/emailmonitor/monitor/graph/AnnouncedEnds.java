package io.emailmonitor.monitor.graph;

import java.io.IOException;
import java.net.ProtocolException;
import okhttp3.Interceptor;
import okhttp3.Protocol;
import okhttp3.Response;

/**
 * Refuses content whose end only the end of the connection would tell: cut off on its way, it would
 * look whole. JSON needs no such care, since it has an end of its own. A network interceptor, which
 * sees what was really sent. Safe for several threads.
 */
final class AnnouncedEnds implements Interceptor {
  private static final int OK = 200;

  @Override
  public Response intercept(Chain chain) throws IOException {
    Response response = chain.proceed(chain.request());
    if (response.code() == OK && isContent(response) && isOpenEnded(response)) {
      response.close();
      // The one kind of failure after which the client does not try again.
      throw new ProtocolException(
          "the answer does not say where its content ends, so that nobody could tell whether it is"
              + " whole; look for a proxy that changes answers");
    }
    return response;
  }

  private static boolean isContent(Response response) {
    var path = response.request().url().pathSegments();
    return path.get(path.size() - 1).equals("$value");
  }

  private static boolean isOpenEnded(Response response) {
    return (response.protocol() == Protocol.HTTP_1_1 || response.protocol() == Protocol.HTTP_1_0)
        && response.header("Content-Length") == null
        && !"chunked".equalsIgnoreCase(response.header("Transfer-Encoding"));
  }
}
