package io.emailmonitor.monitor.graph;

import com.azure.core.http.HttpClient;
import com.azure.core.http.HttpRequest;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.jdk.httpclient.JdkHttpClientBuilder;
import com.azure.core.util.Context;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import javax.net.ssl.SSLContext;
import reactor.core.publisher.Mono;

/**
 * Sends to a server of ours what is meant for Microsoft's, whose names must be https and without a
 * port, since the library does not keep tokens otherwise.
 */
final class Redirected implements HttpClient {
  private final HttpClient jdk;
  private final URI target;

  Redirected(URI target) {
    this.jdk = new JdkHttpClientBuilder().build();
    this.target = target;
  }

  Redirected(URI target, SSLContext tls) {
    this.jdk =
        new JdkHttpClientBuilder(java.net.http.HttpClient.newBuilder().sslContext(tls)).build();
    this.target = target;
  }

  private HttpRequest turn(HttpRequest request) {
    try {
      String file = request.getUrl().getFile();
      return request.setUrl(new URL(target.getScheme(), target.getHost(), target.getPort(), file));
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Mono<HttpResponse> send(HttpRequest request) {
    return jdk.send(turn(request));
  }

  @Override
  public HttpResponse sendSync(HttpRequest request, Context context) {
    return jdk.sendSync(turn(request), context);
  }
}
