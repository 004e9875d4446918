package io.emailmonitor.service.http;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import java.util.List;
import org.slf4j.LoggerFactory;

/**
 * Keeps the HTTP server from repeating in the log what strangers send: they would write there
 * whatever they like, and at the lower levels tokens would be among it. Whoever sent it is told
 * what was wrong.
 */
final class ServerLog {
  private static final String SERVER = "org.eclipse.jetty";

  /** These quote malformed requests as they came, or fill the log when a client hangs up. */
  private static final List<String> QUOTING =
      List.of(
          "org.eclipse.jetty.http.HttpParser",
          "org.eclipse.jetty.util.HostPort",
          "org.glassfish.jersey.internal.Errors",
          "org.glassfish.jersey.server.ServerRuntime$Responder");

  private ServerLog() {}

  /** To be called when the levels are set as the settings have them. */
  static void keepQuiet() {
    Logger server = logger(SERVER);
    if (!server.getEffectiveLevel().isGreaterOrEqual(Level.INFO)) {
      server.setLevel(Level.INFO);
    }
    QUOTING.forEach(name -> logger(name).setLevel(Level.OFF));
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
