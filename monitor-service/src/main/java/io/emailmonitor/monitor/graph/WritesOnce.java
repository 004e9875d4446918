package io.emailmonitor.monitor.graph;

import java.io.IOException;
import java.net.ProtocolException;
import java.util.Collections;
import java.util.Set;
import java.util.WeakHashMap;
import okhttp3.Call;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Keeps the HTTP client from sending a request that changes something a second time by itself when
 * the connection breaks: it may have been served. A network interceptor, which sees every try. Safe
 * for several threads.
 */
final class WritesOnce implements Interceptor {
  private final Set<Call> sent =
      Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

  @Override
  public Response intercept(Chain chain) throws IOException {
    if (!chain.request().method().equals("GET") && !sent.add(chain.call())) {
      // The one kind of failure after which the client does not try again.
      throw new ProtocolException("the connection broke, and it is not known what was done");
    }
    return chain.proceed(chain.request());
  }
}
