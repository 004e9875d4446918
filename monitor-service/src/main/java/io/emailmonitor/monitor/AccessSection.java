package io.emailmonitor.monitor;

import io.emailmonitor.service.http.Doorkeeper;
import io.emailmonitor.service.http.HostNames;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the HTTP interface.
 *
 * @param token what every request must carry
 * @param allowAnonymous whether other machines may connect without it
 * @param allowedHosts under which names it may be asked, a list with commas
 */
public record AccessSection(
    @Nullable Secret token, boolean allowAnonymous, @Nullable String allowedHosts) {
  HostNames hostNames() {
    return HostNames.of(allowedHosts);
  }

  /** Who asks for the token, if there is one. */
  Optional<Doorkeeper> doorkeeper(Clock clock) {
    return bearerToken().map(secret -> new Doorkeeper(secret, clock));
  }

  Optional<String> bearerToken() {
    return Optional.ofNullable(token).map(Secret::reveal);
  }

  void check(Problems problems, List<Listener> listeners) {
    bearerToken().ifPresent(given -> checkToken(given, problems));
    hostNames().wrong().stream()
        .findFirst()
        .ifPresent(
            wrong ->
                problems.add(
                    "access.allowedHosts", "contains \"" + wrong + "\"", HostNames.ALLOWED));
    if (token != null || allowAnonymous) {
      return;
    }
    for (Listener listener : listeners) {
      if (!listener.loopback()) {
        problems.add(
            listener.key() + ".bindHost",
            "is \"" + listener.host() + "\", which lets other machines in",
            "127.0.0.1, unless %s holds a token that they must know (or %s=true says that something else keeps strangers out)"
                .formatted(problems.name("access.token"), problems.name("access.allowAnonymous")));
      }
    }
  }

  private static void checkToken(String given, Problems problems) {
    if (!Doorkeeper.canServe(given)) {
      problems.add("access.token", "cannot serve as a token", Doorkeeper.TOKENS);
    }
  }
}
