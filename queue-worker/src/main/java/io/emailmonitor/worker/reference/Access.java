package io.emailmonitor.worker.reference;

import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.emailmonitor.service.http.Doorkeeper;
import io.emailmonitor.service.http.HostNames;
import io.emailmonitor.service.http.Ports;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask on the admin port: everybody on this machine, or whoever has the token.
 *
 * @param host what the port is bound to; null for all addresses
 * @param onlyPort whether nothing else is listened on
 * @param token empty for none
 * @param names under which it may be asked
 */
record Access(@Nullable String host, boolean onlyPort, Optional<String> token, HostNames names) {
  static Access of(ServerFactory factory, @Nullable String token, @Nullable String allowedHosts) {
    boolean onlyPort =
        factory instanceof DefaultServerFactory server
            && server.getApplicationConnectors().isEmpty()
            && server.getAdminConnectors().size() == 1;
    String host =
        onlyPort
                && factory instanceof DefaultServerFactory server
                && server.getAdminConnectors().get(0) instanceof HttpConnectorFactory http
            ? http.getBindHost()
            : null;
    return new Access(
        host,
        onlyPort,
        Optional.ofNullable(token).map(String::strip).filter(given -> !given.isEmpty()),
        HostNames.of(allowedHosts));
  }

  void check(boolean anonymous, Problems problems) {
    if (token.isPresent() && !Doorkeeper.canServe(token.get())) {
      problems.add(
          "access.token (API_TOKEN) cannot serve as a token; it must be " + Doorkeeper.TOKENS);
    }
    names.wrong().stream()
        .findFirst()
        .ifPresent(
            wrong ->
                problems.add(
                    "access.allowedHosts (ALLOWED_HOSTS) contains '"
                        + wrong
                        + "'; it must be "
                        + HostNames.ALLOWED));
    if (!onlyPort) {
      problems.add(
          "server has more than one port; it must have no applicationConnectors, as the worker does"
              + " not use them, and one in adminConnectors");
    } else if (token.isEmpty() && !anonymous && !loopback()) {
      problems.add(
          "server.adminConnectors[0].bindHost (WORKER_ADMIN_HOST) is "
              + (host == null ? "not set" : "'" + host + "'")
              + ", which lets other machines in; it must be 127.0.0.1, unless API_TOKEN holds a"
              + " token that they must know (or ALLOW_ANONYMOUS=true says that something else keeps"
              + " strangers out)");
    }
  }

  boolean loopback() {
    return host != null && Ports.isLoopback(host);
  }

  /** Probes on this machine know no token; whoever comes from elsewhere must. */
  Optional<Doorkeeper> doorkeeper(InstantSource clock) {
    return loopback() ? Optional.empty() : token.map(secret -> new Doorkeeper(secret, clock));
  }

  @Override
  public String toString() {
    return "Access[not shown]";
  }
}
