package io.emailmonitor.monitor.graph;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an access token says about itself. Only for people to read: Graph alone decides what a token
 * is good for, and may issue ones that say nothing.
 *
 * @param readable whether the token says anything
 * @param tenantId where it is good
 * @param clientId the application, or the managed identity
 * @param objectId what the tenant, and Exchange, know the application by
 * @param audience for whom it is
 * @param expires null when that is not known
 * @param roles the application permissions that were granted in Entra ID; those that Exchange
 *     grants are not among them
 */
public record Grant(
    boolean readable,
    @Nullable String tenantId,
    @Nullable String clientId,
    @Nullable String objectId,
    @Nullable String audience,
    @Nullable Instant expires,
    Set<String> roles) {

  public Grant {
    roles = Set.copyOf(roles);
  }

  /**
   * @param expires as the login service told it; null when it did not
   */
  static Grant of(String token, @Nullable Instant expires) {
    String[] parts = token.split("\\.", -1);
    if (parts.length == 3) {
      try {
        JsonNode claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
        return of(claims, expires);
      } catch (IllegalArgumentException | IOException e) {
        // Not one of those that say something.
      }
    }
    return new Grant(false, null, null, null, null, expires, Set.of());
  }

  private static Grant of(JsonNode claims, @Nullable Instant expires) {
    Set<String> roles = new TreeSet<>();
    claims.path("roles").forEach(role -> roles.add(role.asText()));
    Instant end = claims.has("exp") ? Instant.ofEpochSecond(claims.path("exp").asLong()) : expires;
    String clientId = text(claims, "appid");
    return new Grant(
        true,
        text(claims, "tid"),
        clientId == null ? text(claims, "azp") : clientId,
        text(claims, "oid"),
        text(claims, "aud"),
        end,
        roles);
  }

  private static @Nullable String text(JsonNode claims, String name) {
    return claims.path(name).isTextual() ? claims.path(name).textValue() : null;
  }
}
