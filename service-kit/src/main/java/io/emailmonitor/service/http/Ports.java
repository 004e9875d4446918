package io.emailmonitor.service.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jetty.MutableServletContextHandler;
import io.dropwizard.jetty.setup.ServletEnvironment;
import jakarta.servlet.DispatcherType;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.EnumSet;
import java.util.Optional;
import java.util.function.Predicate;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** Sets up who is let in on the ports of a process, how refusals look, and how many may connect. */
public final class Ports {
  /** Beyond them, idle connections are closed soon and further ones have to wait. */
  private static final int CONNECTIONS = 500;

  private static final long IDLE_MILLIS_WHEN_FULL = 2000;

  private final Environment environment;
  private final HostNames names;
  private final ObjectMapper mapper;

  /**
   * Sets up what is not asked for elsewhere.
   *
   * @param names under which the process may be asked
   */
  public Ports(Environment environment, HostNames names) {
    this.environment = environment;
    this.names = names;
    this.mapper = environment.getObjectMapper();
    ServerLog.keepQuiet();
    environment
        .lifecycle()
        .addEventListener(
            new LifeCycle.Listener() {
              @Override
              public void lifeCycleStarting(LifeCycle starting) {
                if (starting instanceof Server server) {
                  setUp(server);
                }
              }
            });
  }

  /** Whether only programs on this machine can connect to what is bound to this address. */
  public static boolean isLoopback(String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Each port by itself, so that probes come through when the other is full. */
  private void setUp(Server server) {
    server.setErrorHandler(new ProblemErrors(mapper));
    for (Connector connector : server.getConnectors()) {
      ConnectionLimit.on(connector, CONNECTIONS, IDLE_MILLIS_WHEN_FULL);
    }
  }

  /**
   * Guards the port of the routes.
   *
   * @param doorkeeper asks for a token; empty if none is needed
   * @param open the paths that need no token, as they stand in the request, before any decoding
   * @param loopbackOnly whether only this machine can connect
   */
  public void guardApplication(
      Optional<Doorkeeper> doorkeeper, Predicate<String> open, boolean loopbackOnly) {
    guard(
        environment.servlets(),
        environment.getApplicationContext(),
        new AccessFilter(doorkeeper, open, names, loopbackOnly, mapper));
  }

  /** Guards the port of health and metrics. */
  public void guardAdmin(Optional<Doorkeeper> doorkeeper, boolean loopbackOnly) {
    guard(
        environment.admin(),
        environment.getAdminContext(),
        new AccessFilter(doorkeeper, path -> false, names, loopbackOnly, mapper));
  }

  private void guard(
      ServletEnvironment servlets, MutableServletContextHandler context, AccessFilter filter) {
    servlets
        .addFilter("access", filter)
        .addMappingForUrlPatterns(EnumSet.of(DispatcherType.REQUEST), false, "/*");
    context.setErrorHandler(new ProblemErrors(mapper));
  }
}
