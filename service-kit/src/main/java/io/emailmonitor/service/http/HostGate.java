package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Lets in only requests that name this machine as it is known here. A page from elsewhere whose
 * host name was turned to our address (DNS rebinding) names another; it always names one, so that
 * addresses may pass.
 */
final class HostGate implements Gate {
  private static final String ITSELF = "localhost";
  private static final Pattern ADDRESS = Pattern.compile("\\d+(\\.\\d+){3}|\\[[0-9A-Fa-f:.]+]");
  private static final Pattern PORT = Pattern.compile(":\\d*$");

  private final Set<String> names;

  private HostGate(Set<String> names) {
    this.names = names;
  }

  /**
   * None if any name will do: if {@code names} say so or, where they say nothing, unless only this
   * machine may connect and needs no token. Where a token is needed, such a page has none, and a
   * proxy may name the machine as it likes.
   */
  static Optional<Gate> of(HostNames names, boolean onlyThisMachine, boolean tokenNeeded) {
    boolean wanted =
        names.given().isEmpty() ? onlyThisMachine && !tokenNeeded : !names.areAllAllowed();
    return wanted ? Optional.of(new HostGate(Set.copyOf(names.given()))) : Optional.empty();
  }

  @Override
  public Optional<Problem> objection(HttpServletRequest request) {
    String host = request.getHeader("Host");
    String name = host == null ? "" : HostNames.plain(PORT.matcher(host).replaceFirst(""));
    return name.equals(ITSELF) || names.contains(name) || ADDRESS.matcher(name).matches()
        ? Optional.empty()
        : Optional.of(
            Problem.of(
                421,
                "Nothing is known here under the host name that the request gives. Ask localhost or"
                    + " an address, or let ALLOWED_HOSTS have the name"));
  }
}
