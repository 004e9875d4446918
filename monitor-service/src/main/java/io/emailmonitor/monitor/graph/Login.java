package io.emailmonitor.monitor.graph;

import com.azure.core.credential.AccessToken;
import com.azure.core.credential.TokenCredential;
import com.azure.core.credential.TokenRequestContext;
import com.azure.core.http.HttpClient;
import com.azure.core.http.policy.FixedDelay;
import com.azure.core.http.policy.RetryPolicy;
import com.azure.identity.AadCredentialBuilderBase;
import com.azure.identity.ClientCertificateCredentialBuilder;
import com.azure.identity.ClientSecretCredentialBuilder;
import com.azure.identity.CredentialBuilderBase;
import com.azure.identity.ManagedIdentityCredentialBuilder;
import com.azure.identity.WorkloadIdentityCredentialBuilder;
import io.emailmonitor.monitor.graph.Credentials.ClientCertificate;
import io.emailmonitor.monitor.graph.Credentials.ClientSecret;
import io.emailmonitor.monitor.graph.Credentials.ManagedIdentity;
import io.emailmonitor.monitor.graph.Credentials.StaticToken;
import io.emailmonitor.monitor.graph.Credentials.WorkloadIdentity;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/**
 * Gets tokens. Microsoft's library keeps them and renews them in time; this tells its failures and
 * makes it forget a token that Graph no longer takes. Safe for several threads.
 */
final class Login implements TokenCredential {
  private final Credentials credentials;
  private final String authorityHost;
  private final Supplier<HttpClient> http;
  private volatile Session session;

  /** What is kept between requests, until Graph refuses it. */
  private record Session(int number, TokenCredential tokens) {}

  /**
   * @param http makes what asks for tokens
   */
  Login(GraphSettings settings, Supplier<HttpClient> http) {
    this.credentials = settings.credentials();
    this.authorityHost = settings.authorityHost();
    this.http = http;
    this.session = new Session(0, tokens());
  }

  /** Tells one session from the next. */
  int session() {
    return session.number;
  }

  /**
   * Forgets what is kept from a session, if that is still the one.
   *
   * @return whether there is another token to be had
   */
  synchronized boolean renew(int refused) {
    if (credentials instanceof StaticToken) {
      return false;
    }
    if (session.number == refused) {
      session = new Session(refused + 1, tokens());
    }
    return true;
  }

  Grant grant(String scope) {
    AccessToken token = getTokenSync(new TokenRequestContext().addScopes(scope));
    OffsetDateTime expires = token.getExpiresAt();
    boolean known = !OffsetDateTime.MAX.equals(expires);
    return Grant.of(token.getToken(), known ? expires.toInstant() : null);
  }

  @Override
  public AccessToken getTokenSync(TokenRequestContext request) {
    Session asked = session;
    try {
      return asked.tokens.getTokenSync(request);
    } catch (RuntimeException e) {
      MailSourceException failure = LoginFailures.of(credentials, e);
      if (failure.kind() == Kind.UNAUTHENTICATED) {
        // By the next time, a good certificate may lie where the refused one was.
        renew(asked.number);
      }
      throw failure;
    }
  }

  @Override
  public Mono<AccessToken> getToken(TokenRequestContext request) {
    return Mono.fromCallable(() -> getTokenSync(request));
  }

  private TokenCredential tokens() {
    if (credentials instanceof StaticToken fixed) {
      AccessToken token = new AccessToken(fixed.token(), OffsetDateTime.MAX);
      return request -> Mono.just(token);
    }
    try {
      return built();
    } catch (RuntimeException e) {
      throw LoginFailures.of(credentials, e);
    }
  }

  private TokenCredential built() {
    if (credentials instanceof ClientSecret app) {
      return at(new ClientSecretCredentialBuilder(), app.tenantId(), app.clientId())
          .clientSecret(app.secret())
          .build();
    }
    if (credentials instanceof ClientCertificate app) {
      ClientCertificateCredentialBuilder builder =
          at(new ClientCertificateCredentialBuilder(), app.tenantId(), app.clientId());
      String file = app.file().toString();
      if (CertificateFile.read(app.file(), app.password()).pem()) {
        return builder.pemCertificate(file).build();
      }
      return builder.pfxCertificate(file).clientCertificatePassword(app.password()).build();
    }
    if (credentials instanceof WorkloadIdentity app) {
      return at(new WorkloadIdentityCredentialBuilder(), app.tenantId(), app.clientId())
          .tokenFilePath(app.tokenFile().toString())
          .build();
    }
    ManagedIdentity machine = (ManagedIdentity) credentials;
    return over(new ManagedIdentityCredentialBuilder()).clientId(machine.clientId()).build();
  }

  private <T extends AadCredentialBuilderBase<T>> T at(T builder, String tenant, String client) {
    return over(builder)
        .tenantId(tenant)
        .clientId(client)
        .authorityHost(authorityHost)
        .disableInstanceDiscovery();
  }

  /** Retries are ours to decide, and a status must reach us while it is known. */
  private <T extends CredentialBuilderBase<T>> T over(T builder) {
    return builder
        .retryPolicy(new RetryPolicy(new FixedDelay(0, Duration.ofMillis(1))))
        .addPolicy(new LoginTrouble())
        .httpClient(http.get());
  }
}
