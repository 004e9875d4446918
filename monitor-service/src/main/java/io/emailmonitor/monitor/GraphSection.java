package io.emailmonitor.monitor;

import io.dropwizard.util.Duration;
import io.emailmonitor.monitor.graph.GraphSettings;
import org.jspecify.annotations.Nullable;

/** Microsoft Graph and how to sign in there. */
public record GraphSection(
    @Nullable String auth,
    @Nullable String tenantId,
    @Nullable String clientId,
    @Nullable Secret clientSecret,
    @Nullable String clientCertificatePath,
    String authorityHost,
    String baseUrl,
    @Nullable Secret staticToken) {

  private static final Duration READ_TIMEOUT = Duration.seconds(60);
  private static final int PAGE_SIZE = 50;
  private static final int MAX_REQUESTS = 16;

  /**
   * @throws IllegalArgumentException naming the setting, what is wrong with it and what is allowed
   */
  GraphSettings settings() {
    return new GraphSettings(
        baseUrl,
        orBlank(chosenAuth()),
        orBlank(tenantId),
        orBlank(clientId),
        clientSecret == null ? "" : clientSecret.reveal(),
        authorityHost,
        staticToken == null ? "" : staticToken.reveal(),
        READ_TIMEOUT,
        PAGE_SIZE,
        MAX_REQUESTS);
  }

  /** A certificate alone says how to sign in as clearly as the variable for it would. */
  private @Nullable String chosenAuth() {
    boolean certificateOnly =
        clientCertificatePath != null && clientSecret == null && staticToken == null;
    return auth == null && certificateOnly ? "client-certificate" : auth;
  }

  private static String orBlank(@Nullable String value) {
    return value == null ? "" : value;
  }

  void check(Problems problems) {
    problems.check("graph", this::settings);
  }
}
