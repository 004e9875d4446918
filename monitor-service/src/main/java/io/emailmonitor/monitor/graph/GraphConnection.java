package io.emailmonitor.monitor.graph;

import com.azure.core.credential.TokenCredential;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelayOptions;
import com.azure.core.http.policy.RetryOptions;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.microsoft.graph.core.authentication.AzureIdentityAuthenticationProvider;
import com.microsoft.graph.core.requests.BaseGraphRequestAdapter;
import com.microsoft.graph.core.requests.GraphClientFactory;
import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.RequestOption;
import com.microsoft.kiota.authentication.AuthenticationProvider;
import com.microsoft.kiota.http.middleware.options.RetryHandlerOption;
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
  private @Nullable GraphServiceClient client;

  /**
   * @param loginHttp makes what asks for tokens
   */
  GraphConnection(GraphSettings settings, Supplier<HttpClient> loginHttp) {
    this.settings = settings;
    this.loginHttp = loginHttp;
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
    Duration readTimeout = settings.readTimeout().toJavaDuration();
    RequestOption noRetries = new RetryHandlerOption((delay, n, request, response) -> false, 0, 0);
    return GraphClientFactory.create(
            new RequestOption[] {GraphServiceClient.getGraphClientOptions(), noRetries})
        .addInterceptor(new ForeignErrorBodies())
        .addInterceptor(new Trickle(readTimeout.multipliedBy(STANDSTILLS)))
        .connectTimeout(CONNECT_TIMEOUT)
        .readTimeout(readTimeout)
        .callTimeout(Duration.ZERO)
        .connectionPool(new ConnectionPool(settings.maxRequests(), 1, TimeUnit.MINUTES))
        .build();
  }

  private AuthenticationProvider authentication() {
    if (settings.auth().equals(GraphSettings.STATIC_TOKEN)) {
      String bearer = "Bearer " + settings.staticToken();
      return (request, context) -> request.headers.tryAdd("Authorization", bearer);
    }
    String host = URI.create(settings.baseUrl()).getHost();
    return new AzureIdentityAuthenticationProvider(
        clientSecret(), new String[] {host}, settings.scope());
  }

  private TokenCredential clientSecret() {
    return new ClientSecretCredentialBuilder()
        .tenantId(settings.tenantId())
        .clientId(settings.clientId())
        .clientSecret(settings.clientSecret())
        .authorityHost(settings.authorityHost())
        .disableInstanceDiscovery()
        .addPolicy(new LoginTrouble())
        .retryOptions(new RetryOptions(new FixedDelayOptions(0, Duration.ofMillis(1))))
        .httpClient(loginHttp.get())
        .build();
  }
}
