package io.emailmonitor.service.http;

import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.NetworkConnectionLimit;

/**
 * Bounds how many may be connected at a time. While so many are, whoever says nothing is soon hung
 * up on, and those who wait get their turn. Jetty's own limit does that only to connections that
 * were there before, so that a crowd that comes at once would keep all of them.
 */
final class ConnectionLimit extends NetworkConnectionLimit implements Connection.Listener {
  private final int most;
  private final long idleMillis;

  private ConnectionLimit(Connector connector, int most, long idleMillis) {
    super(most, connector);
    this.most = most;
    this.idleMillis = idleMillis;
    setEndPointIdleTimeout(idleMillis);
  }

  /**
   * Bounds one port by itself.
   *
   * @param idleMillis how long a connection may be silent when there are so many
   */
  static void on(Connector connector, int most, long idleMillis) {
    ConnectionLimit limit = new ConnectionLimit(connector, most, idleMillis);
    connector.getServer().addBean(limit);
    connector.addEventListener(limit);
  }

  @Override
  public void onOpened(Connection connection) {
    if (getNetworkConnectionCount() + getPendingNetworkConnectionCount() >= most) {
      connection.getEndPoint().setIdleTimeout(idleMillis);
    }
  }
}
