package io.emailmonitor.monitor.graph;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** How to sign in. Text forms hold no secrets. */
public sealed interface Credentials {
  /** What this way is called in settings. */
  String method();

  /** Where the application is registered; null when that is not known here. */
  @Nullable String tenantId();

  /** The application; null when that is not known here. */
  @Nullable String clientId();

  /** A password of the app registration. */
  record ClientSecret(String tenantId, String clientId, String secret) implements Credentials {
    @Override
    public String method() {
      return "client-secret";
    }

    @Override
    public String toString() {
      return "ClientSecret[" + tenantId + ", " + clientId + "]";
    }
  }

  /**
   * A certificate of the app registration, with its private key.
   *
   * @param file PEM or PFX (PKCS #12)
   * @param password of a PFX file; null for none
   */
  record ClientCertificate(String tenantId, String clientId, Path file, @Nullable String password)
      implements Credentials {
    @Override
    public String method() {
      return "client-certificate";
    }

    @Override
    public String toString() {
      return "ClientCertificate[" + tenantId + ", " + clientId + ", " + file + "]";
    }
  }

  /**
   * The identity of the Azure machine or container that this runs on.
   *
   * @param clientId of a user-assigned one; null for the system-assigned one
   */
  record ManagedIdentity(@Nullable String clientId) implements Credentials {
    @Override
    public @Nullable String tenantId() {
      return null;
    }

    @Override
    public String method() {
      return "managed-identity";
    }
  }

  /**
   * A token of another issuer, such as Kubernetes, that the app registration trusts.
   *
   * @param tokenFile holds it, and is read anew each time
   */
  record WorkloadIdentity(String tenantId, String clientId, Path tokenFile) implements Credentials {
    @Override
    public String method() {
      return "workload-identity";
    }
  }

  /** A bearer token that is used as it is, for simulators. */
  record StaticToken(String token) implements Credentials {
    @Override
    public @Nullable String tenantId() {
      return null;
    }

    @Override
    public @Nullable String clientId() {
      return null;
    }

    @Override
    public String method() {
      return "static-token";
    }

    @Override
    public String toString() {
      return "StaticToken[]";
    }
  }
}
