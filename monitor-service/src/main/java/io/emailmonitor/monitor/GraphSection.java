package io.emailmonitor.monitor;

import io.emailmonitor.monitor.graph.CertificateFile;
import io.emailmonitor.monitor.graph.Cloud;
import io.emailmonitor.monitor.graph.Credentials;
import io.emailmonitor.monitor.graph.GraphSettings;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Graph and how to sign in there.
 *
 * @param auth when not set, what the other settings make possible
 */
public record GraphSection(
    @Nullable SignInMethod auth,
    @Nullable Cloud cloud,
    @Nullable String tenantId,
    @Nullable String clientId,
    @Nullable Secret clientSecret,
    @Nullable String clientCertificatePath,
    @Nullable Secret clientCertificatePassword,
    @Nullable String federatedTokenFile,
    @Nullable String authorityHost,
    @Nullable String baseUrl,
    @Nullable Secret staticToken) {

  /** To be asked for only when {@link #check} has found nothing wrong. */
  GraphSettings settings() {
    Problems problems = new Problems(Map.of());
    GraphSettings settings = read(problems);
    if (!problems.none()) {
      throw new IllegalArgumentException(problems.describe());
    }
    return settings;
  }

  void check(Problems problems) {
    read(problems);
  }

  /** Looks into the files that signing in needs. */
  void probe(Problems problems) {
    switch (method()) {
      case CLIENT_CERTIFICATE -> probeCertificate(problems);
      case WORKLOAD_IDENTITY -> probeTokenFile(problems);
      default -> {}
    }
  }

  private GraphSettings read(Problems problems) {
    GraphEndpoints endpoints = GraphEndpoints.of(cloud, baseUrl, authorityHost, problems);
    Credentials credentials = credentials(problems);
    if (endpoints.plainHttp() && method() != SignInMethod.STATIC_TOKEN) {
      problems.add(
          "graph.baseUrl",
          "is plain http, over which a real token must not travel",
          "https, or http together with %s=static-token for a simulator"
              .formatted(problems.name("graph.auth")));
    }
    return new GraphSettings(endpoints.graph(), endpoints.authority(), credentials);
  }

  private SignInMethod method() {
    if (auth != null) {
      return auth;
    }
    if (staticToken != null && GraphEndpoints.isPlainHttp(baseUrl)) {
      return SignInMethod.STATIC_TOKEN;
    }
    if (clientSecret != null) {
      return SignInMethod.CLIENT_SECRET;
    }
    if (clientCertificatePath != null) {
      return SignInMethod.CLIENT_CERTIFICATE;
    }
    if (federatedTokenFile != null) {
      return SignInMethod.WORKLOAD_IDENTITY;
    }
    return staticToken != null ? SignInMethod.STATIC_TOKEN : SignInMethod.CLIENT_SECRET;
  }

  private Credentials credentials(Problems problems) {
    return switch (method()) {
      case CLIENT_SECRET ->
          new Credentials.ClientSecret(tenant(problems), client(problems), secret(problems));
      case CLIENT_CERTIFICATE ->
          new Credentials.ClientCertificate(
              tenant(problems),
              client(problems),
              file("graph.clientCertificatePath", clientCertificatePath, problems),
              clientCertificatePassword == null ? null : clientCertificatePassword.reveal());
      case WORKLOAD_IDENTITY ->
          new Credentials.WorkloadIdentity(
              tenant(problems),
              client(problems),
              file("graph.federatedTokenFile", federatedTokenFile, problems));
      case MANAGED_IDENTITY -> new Credentials.ManagedIdentity(clientId);
      case STATIC_TOKEN -> new Credentials.StaticToken(token(problems));
    };
  }

  private String tenant(Problems problems) {
    String allowed = "the tenant's id or domain name";
    if (tenantId == null) {
      problems.missing("graph.tenantId", allowed);
      return "";
    }
    if (!tenantId.strip().matches("[A-Za-z0-9.-]+")) {
      problems.add("graph.tenantId", "is \"" + tenantId + "\"", allowed);
    }
    return tenantId.strip();
  }

  private String client(Problems problems) {
    if (clientId == null) {
      problems.missing("graph.clientId", "the app registration's client id");
      return "";
    }
    return clientId.strip();
  }

  private String secret(Problems problems) {
    if (clientSecret == null) {
      problems.missing(
          "graph.clientSecret",
          "a client secret of the app registration (or set %s, %s=managed-identity on Azure, or %s for a simulator)"
              .formatted(
                  problems.name("graph.clientCertificatePath"),
                  problems.name("graph.auth"),
                  problems.name("graph.staticToken")));
      return "";
    }
    return clientSecret.reveal().strip();
  }

  private String token(Problems problems) {
    if (staticToken == null) {
      problems.missing("graph.staticToken", "the token that static-token uses");
      return "";
    }
    String token = staticToken.reveal().strip();
    // The HTTP client would refuse such a header and quote it.
    if (!token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      problems.add(
          "graph.staticToken",
          "holds a space, a line break or a character beyond ASCII",
          "the bare token, without 'Bearer'");
    }
    return token;
  }

  private static Path file(String key, @Nullable String name, Problems problems) {
    if (name == null) {
      problems.missing(key, "the path of a file");
      return Path.of("");
    }
    try {
      return Path.of(name);
    } catch (InvalidPathException e) {
      problems.add(key, "is no path: " + e.getReason(), "the path of a file");
      return Path.of("");
    }
  }

  private void probeCertificate(Problems problems) {
    if (!(credentials(problems) instanceof Credentials.ClientCertificate app)
        || clientCertificatePath == null) {
      return;
    }
    try {
      CertificateFile.read(app.file(), app.password());
    } catch (IllegalArgumentException e) {
      problems.add(
          "graph.clientCertificatePath",
          "is \"%s\", which %s".formatted(clientCertificatePath, e.getMessage()),
          "a PEM file, or a PFX file (with %s if it has a password), that holds certificate and private key"
              .formatted(problems.name("graph.clientCertificatePassword")));
    }
  }

  private void probeTokenFile(Problems problems) {
    if (federatedTokenFile != null
        && !Files.isReadable(file("graph.federatedTokenFile", federatedTokenFile, problems))) {
      problems.add(
          "graph.federatedTokenFile",
          "is \"" + federatedTokenFile + "\", which cannot be read",
          "the file that holds the federated token");
    }
  }
}
