package io.emailmonitor.monitor;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The ways to sign in at Microsoft Graph, as settings call them. */
public enum SignInMethod {
  @JsonProperty("client-secret")
  CLIENT_SECRET,
  @JsonProperty("client-certificate")
  CLIENT_CERTIFICATE,
  @JsonProperty("managed-identity")
  MANAGED_IDENTITY,
  @JsonProperty("workload-identity")
  WORKLOAD_IDENTITY,
  @JsonProperty("static-token")
  STATIC_TOKEN
}
