package io.emailmonitor.monitor;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who may use the HTTP interface.
 *
 * @param token what every request must carry
 * @param allowAnonymous whether other machines may connect without it
 */
public record AccessSection(@Nullable Secret token, boolean allowAnonymous) {
  private static final int MIN_TOKEN_LENGTH = 8;

  Optional<String> bearerToken() {
    return Optional.ofNullable(token).map(Secret::reveal);
  }

  void check(Problems problems, List<Listener> listeners) {
    bearerToken().ifPresent(given -> checkToken(given, problems));
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
    if (given.length() < MIN_TOKEN_LENGTH || !given.chars().allMatch(c -> c > ' ' && c < 127)) {
      problems.add(
          "access.token",
          "cannot serve as a token",
          "at least " + MIN_TOKEN_LENGTH + " printable ASCII characters without spaces");
    }
  }
}
