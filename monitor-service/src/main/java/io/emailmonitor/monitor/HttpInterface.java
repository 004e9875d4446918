package io.emailmonitor.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.dropwizard.jetty.MutableServletContextHandler;
import io.dropwizard.jetty.setup.ServletEnvironment;
import io.emailmonitor.monitor.api.AccessFilter;
import io.emailmonitor.monitor.api.ProblemErrors;
import io.emailmonitor.monitor.api.ProblemMapper;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import java.util.Optional;
import org.eclipse.jetty.http.UriCompliance;

/** Sets the HTTP side up: how answers are written and who is let in, on both ports. */
final class HttpInterface {
  /**
   * Message ids hold slashes, which clients encode. That is refused by default because a path then
   * means different things to different readers; here nobody decides by a path what is allowed.
   */
  private static final UriCompliance ENCODED_IDS =
      UriCompliance.DEFAULT.with(
          "encoded-ids",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

  private final MonitorConfiguration settings;
  private final Environment environment;
  private final ObjectMapper mapper;

  HttpInterface(MonitorConfiguration settings, Environment environment) {
    this.settings = settings;
    this.environment = environment;
    this.mapper = environment.getObjectMapper();
  }

  /** Answers with these resources to whoever may ask. */
  void serve(Object... resources) {
    mapper
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    for (Object resource : resources) {
      environment.jersey().register(resource);
    }
    environment.jersey().register(new ProblemMapper());
    settings.server().setRegisterDefaultExceptionMappers(false);
    settings.server().getApplicationConnectors().forEach(HttpInterface::allowEncodedIds);
    environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);
    Optional<String> token = settings.access().bearerToken();
    Listener admin = settings.adminListener();
    // Probes on this machine know no token; whoever comes from elsewhere must.
    Optional<String> adminToken = admin.loopback() ? Optional.empty() : token;
    guard(environment.servlets(), environment.getApplicationContext(), settings.listener(), token);
    guard(environment.admin(), environment.getAdminContext(), admin, adminToken);
    environment
        .lifecycle()
        .addServerLifecycleListener(server -> server.setErrorHandler(new ProblemErrors(mapper)));
  }

  private static void allowEncodedIds(ConnectorFactory connector) {
    if (connector instanceof HttpConnectorFactory http) {
      http.setUriCompliance(ENCODED_IDS);
    }
  }

  private void guard(
      ServletEnvironment servlets,
      MutableServletContextHandler context,
      Listener listener,
      Optional<String> token) {
    servlets
        .addFilter("access", new AccessFilter(token, listener.loopback(), mapper))
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    context.setErrorHandler(new ProblemErrors(mapper));
  }
}
