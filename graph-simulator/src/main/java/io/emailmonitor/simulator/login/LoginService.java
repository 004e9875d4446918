package io.emailmonitor.simulator.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import io.emailmonitor.simulator.http.Route;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Microsoft Entra ID, as far as an application without a user needs it. */
public final class LoginService {

  private static final String GRANT = "client_credentials";
  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  private final List<App> apps;
  private final AccessTokens tokens;
  private final Clock clock;
  private final List<Route<Handler>> routes =
      List.of(
          Route.of("POST", "{tenant}/oauth2/v2.0/token", this::token),
          Route.get("{tenant}/v2.0/.well-known/openid-configuration", this::configuration),
          Route.get("{tenant}/discovery/v2.0/keys", this::keys),
          Route.get("common/discovery/instance", this::instances));

  public LoginService(List<App> apps, AccessTokens tokens, Clock clock) {
    this.apps = List.copyOf(apps);
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Empty for what is not its business. */
  public Optional<Reply> answer(Request request) {
    for (Route<Handler> route : routes) {
      Optional<Map<String, String>> names = route.match(request.segments());
      if (names.isPresent() && route.method().equals(request.method())) {
        String tenant = names.get().getOrDefault("tenant", "common");
        return Optional.of(route.handler().answer(request, tenant));
      }
    }
    return Optional.empty();
  }

  private Reply token(Request request, String tenant) {
    try {
      App app = authenticated(request.form(), tenant);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("token_type", "Bearer");
      json.put("expires_in", tokens.lifetime().toSeconds());
      json.put("ext_expires_in", tokens.lifetime().toSeconds());
      json.put("access_token", tokens.issue(app));
      return reply(json);
    } catch (Refused refused) {
      return refused.error().reply(clock);
    }
  }

  private App authenticated(Map<String, String> form, String tenant) throws Refused {
    require(form.getOrDefault("grant_type", "").equals(GRANT), LoginError.WRONG_GRANT);
    require(form.containsKey("client_id"), LoginError.NO_CLIENT);
    List<App> ofTenant =
        apps.stream().filter(app -> app.tenantId().equalsIgnoreCase(tenant)).toList();
    require(!ofTenant.isEmpty(), LoginError.UNKNOWN_TENANT);
    App app =
        ofTenant.stream()
            .filter(any -> any.clientId().equalsIgnoreCase(form.get("client_id")))
            .findFirst()
            .orElseThrow(() -> new Refused(LoginError.UNKNOWN_APP));
    require(form.getOrDefault("scope", "").contains("/.default"), LoginError.WRONG_SCOPE);
    if (form.getOrDefault("client_assertion_type", "").equals(ASSERTION)) {
      checkAssertion(app, tenant, form.getOrDefault("client_assertion", ""));
    } else {
      checkSecret(app, form.get("client_secret"));
    }
    return app;
  }

  private void checkSecret(App app, @Nullable String given) throws Refused {
    require(given != null, LoginError.NO_CREDENTIAL);
    require(app.secret() != null && app.secret().equals(given), LoginError.WRONG_SECRET);
    Instant expires = app.secretExpires();
    require(expires == null || clock.instant().isBefore(expires), LoginError.EXPIRED_SECRET);
  }

  private static void checkAssertion(App app, String tenant, String jwt) throws Refused {
    Path certificate = app.certificate();
    if (certificate == null) {
      throw new Refused(LoginError.WRONG_CERTIFICATE);
    }
    ClientAssertion.parse(jwt).check(app, tenant, certificate, Instant.now());
  }

  private static void require(boolean holds, LoginError otherwise) throws Refused {
    if (!holds) {
      throw new Refused(otherwise);
    }
  }

  private Reply configuration(Request request, String tenant) {
    if (apps.stream().noneMatch(app -> app.tenantId().equalsIgnoreCase(tenant))) {
      return LoginError.UNKNOWN_TENANT.reply(clock);
    }
    String root = request.server() + '/' + tenant;
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("issuer", root + "/v2.0");
    json.put("token_endpoint", root + "/oauth2/v2.0/token");
    json.put("authorization_endpoint", root + "/oauth2/v2.0/authorize");
    json.put("jwks_uri", root + "/discovery/v2.0/keys");
    json.putArray("token_endpoint_auth_methods_supported")
        .add("client_secret_post")
        .add("private_key_jwt");
    json.putArray("response_types_supported").add("token");
    json.putArray("subject_types_supported").add("pairwise");
    json.putArray("id_token_signing_alg_values_supported").add("RS256");
    return reply(json);
  }

  /** None: access tokens are opaque to all but the simulator. */
  private Reply keys(Request request, String tenant) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putArray("keys");
    return reply(json);
  }

  /** This host is its own cloud. */
  private Reply instances(Request request, String tenant) {
    String host = request.server().replaceFirst("^https?://", "");
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put(
        "tenant_discovery_endpoint",
        request.server() + "/common/v2.0/.well-known/openid-configuration");
    json.put("api-version", "1.1");
    ObjectNode cloud = json.putArray("metadata").addObject();
    cloud.put("preferred_network", host).put("preferred_cache", host);
    cloud.putArray("aliases").add(host);
    return reply(json);
  }

  private static Reply reply(ObjectNode json) {
    return Reply.json(200, json)
        .with("Content-Type", "application/json; charset=utf-8")
        .with("Cache-Control", "no-store");
  }

  private interface Handler {
    Reply answer(Request request, String tenant);
  }
}
