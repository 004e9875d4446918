package io.emailmonitor.simulator.login;

import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An application that is registered with a tenant.
 *
 * @param secret null when it has none
 * @param secretExpires null for never; on the simulator's clock
 * @param certificate a file with the X.509 certificate that it signs its assertions with, PEM or
 *     DER; null when it has none
 */
public record App(
    String tenantId,
    String clientId,
    @Nullable String secret,
    @Nullable Instant secretExpires,
    @Nullable Path certificate) {

  /** The one that is there when no other is named. */
  public static final App DEFAULT = withSecret("contoso.example", "simulator", "simulator-secret");

  public App {
    if (tenantId == null || clientId == null) {
      throw new IllegalArgumentException("an app needs a tenantId and a clientId");
    }
  }

  public static App withSecret(String tenantId, String clientId, String secret) {
    return new App(tenantId, clientId, secret, null, null);
  }

  public static App withCertificate(String tenantId, String clientId, Path certificate) {
    return new App(tenantId, clientId, null, null, certificate);
  }

  /** Without its secret. */
  @Override
  public String toString() {
    return "App[" + tenantId + ", " + clientId + "]";
  }
}
