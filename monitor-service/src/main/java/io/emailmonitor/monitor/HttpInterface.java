package io.emailmonitor.monitor;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.emailmonitor.monitor.api.OpenApiResource;
import io.emailmonitor.monitor.api.ProblemMapper;
import io.emailmonitor.monitor.api.SignInResource;
import io.emailmonitor.monitor.dashboard.Dashboard;
import io.emailmonitor.service.http.Doorkeeper;
import io.emailmonitor.service.http.Ports;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.UriCompliance;
import org.glassfish.jersey.server.ServerProperties;

/** Sets the HTTP side up: how answers are written and who is let in, on both ports. */
final class HttpInterface {
  /**
   * What whoever is not signed in may ask for: the page and the way to sign in, which tell nothing.
   */
  private static final Predicate<String> OPEN =
      Pattern.compile("/(sign-in|sign-out|assets/[a-z][a-z0-9.-]*)?").asMatchPredicate();

  /**
   * Message ids hold slashes, which clients encode. That is refused by default because a path then
   * means different things to different readers; here nobody decides by a path what is allowed, but
   * for the few in {@link #OPEN}, which are compared as they came.
   */
  private static final UriCompliance ENCODED_IDS =
      UriCompliance.DEFAULT.with(
          "encoded-ids",
          UriCompliance.Violation.AMBIGUOUS_PATH_SEPARATOR,
          UriCompliance.Violation.AMBIGUOUS_PATH_ENCODING);

  private final MonitorConfiguration settings;
  private final Environment environment;

  HttpInterface(MonitorConfiguration settings, Environment environment) {
    this.settings = settings;
    this.environment = environment;
  }

  /** Answers with these resources to whoever may ask. */
  void serve(Object... resources) {
    ObjectMapper mapper = environment.getObjectMapper();
    mapper
        .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
        .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS);
    for (Object resource : resources) {
      environment.jersey().register(resource);
    }
    environment.jersey().register(new OpenApiResource());
    environment.jersey().register(new ProblemMapper());
    // A proxy may know this machine under another name than the request says.
    environment
        .jersey()
        .property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    settings.server().setRegisterDefaultExceptionMappers(false);
    settings.server().getApplicationConnectors().forEach(HttpInterface::allowEncodedIds);
    environment.getApplicationContext().getServletHandler().setDecodeAmbiguousURIs(true);
    guard(settings.access().doorkeeper(Clock.systemUTC()), mapper);
  }

  private void guard(Optional<Doorkeeper> doorkeeper, ObjectMapper mapper) {
    environment.jersey().register(new SignInResource(doorkeeper, mapper));
    Ports ports = new Ports(environment, settings.access().hostNames());
    ports.guardApplication(doorkeeper, OPEN, settings.listener().loopback());
    boolean loopback = settings.adminListener().loopback();
    // Probes on this machine know no token; whoever comes from elsewhere must.
    ports.guardAdmin(loopback ? Optional.empty() : doorkeeper, loopback);
  }

  /** Shows the page at {@code /}, and keeps it up to date as long as the server runs. */
  void show(Dashboard dashboard) {
    dashboard.resources().forEach(environment.jersey()::register);
    environment.servlets().addServlet("events", dashboard.events()).addMapping("/events");
    environment.lifecycle().addEventListener(dashboard);
  }

  private static void allowEncodedIds(ConnectorFactory connector) {
    if (connector instanceof HttpConnectorFactory http) {
      http.setUriCompliance(ENCODED_IDS);
    }
  }
}
