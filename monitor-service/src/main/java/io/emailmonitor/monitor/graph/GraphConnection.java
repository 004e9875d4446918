package io.emailmonitor.monitor.graph;

import com.azure.core.http.HttpClient;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestOption;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import com.microsoft.kiota.http.middleware.options.RetryHandlerOption;
import io.emailmonitor.monitor.graph.Credentials.StaticToken;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import okhttp3.ConnectionPool;
import okhttp3.OkHttpClient;
import org.jspecify.annotations.Nullable;

/**
 * The SDK's client, built when it is first needed, because that takes a second and 40 MB. Safe for
 * several threads.
 */
final class GraphConnection {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  /** How many times an answer may stand still for as long as it may at once. */
  private static final int STANDSTILLS = 5;

  private final GraphSettings settings;
  private final Supplier<HttpClient> loginHttp;
  private @Nullable Login login;
  private @Nullable GraphServiceClient client;

  /**
   * @param loginHttp makes what asks for tokens
   */
  GraphConnection(GraphSettings settings, Supplier<HttpClient> loginHttp) {
    this.settings = settings;
    this.loginHttp = loginHttp;
  }

  synchronized Login login() {
    if (login == null) {
      login = new Login(settings, loginHttp);
    }
    return login;
  }

  synchronized GraphServiceClient client() {
    if (client == null) {
      client =
          new GraphServiceClient(
              new BaseGraphRequestAdapter(authentication(), settings.baseUrl(), http()));
    }
    return client;
  }

  private OkHttpClient http() {
    // The SDK's retries would sleep in our thread for up to three minutes and hide what Graph said;
    // its call timeout would cut a long download.
    Duration readTimeout = settings.readTimeout();
    RequestOption noRetries = new RetryHandlerOption((delay, n, request, response) -> false, 0, 0);
    return GraphClientFactory.create(
            new RequestOption[] {GraphServiceClient.getGraphClientOptions(), noRetries})
        .addInterceptor(new ForeignErrorBodies())
        .addInterceptor(new Trickle(readTimeout.multipliedBy(STANDSTILLS)))
        .addNetworkInterceptor(new WritesOnce())
        .addNetworkInterceptor(new AnnouncedEnds())
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(readTimeout)
        .callTimeout(Duration.ZERO)
        .connectionPool(new ConnectionPool(settings.maxRequests(), 1, TimeUnit.MINUTES))
        .build();
  }

  private AuthenticationProvider authentication() {
    if (settings.credentials() instanceof StaticToken fixed) {
      String bearer = "Bearer " + fixed.token();
      return (request, context) -> request.headers.tryAdd("Authorization", bearer);
    }
    String host = URI.create(settings.baseUrl()).getHost();
    return new AzureIdentityAuthenticationProvider(login(), new String[] {host}, settings.scope());
  }
}
