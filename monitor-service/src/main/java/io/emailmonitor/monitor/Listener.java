package io.emailmonitor.monitor;

import io.dropwizard.jetty.ConnectorFactory;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.emailmonitor.service.http.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.util.List;

/**
 * An address and port to listen on, as configured.
 *
 * @param key where it stands in the file
 */
record Listener(String key, String host, int port) {
  private static final String ANY = "0.0.0.0";

  static Listener of(String key, List<ConnectorFactory> connectors) {
    if (connectors.size() == 1 && connectors.get(0) instanceof HttpConnectorFactory http) {
      String host = http.getBindHost();
      return new Listener(key, host == null ? ANY : host, http.getPort());
    }
    throw new IllegalArgumentException(key + " must be the only connector there, of type http");
  }

  /** Whether only programs on this machine can connect. */
  boolean loopback() {
    return Ports.isLoopback(host);
  }

  /** Tries the port, so that one in use is told like any other wrong setting. */
  void probe(Problems problems) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByName(host), port));
    } catch (UnknownHostException e) {
      problems.add(
          key + ".bindHost",
          "\"" + host + "\" is not known to this machine",
          "an address of this machine, 127.0.0.1 for itself only, 0.0.0.0 for all");
    } catch (IOException e) {
      problems.add(
          key + ".port",
          port + " on " + host + " cannot be listened on: " + e.getMessage(),
          "a free port that this user may open, or 0 for any free one");
    }
  }
}
