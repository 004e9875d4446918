package io.emailmonitor.simulator.fault;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * Which requests a fault can befall: those that have all that is named here.
 *
 * @param method such as {@code GET}
 * @param path a pattern for what follows {@code /v1.0}, such as {@code /users/*}{@code /messages}
 *     or {@code **}{@code /$value}: one star for anything but slashes, two for anything. Users and
 *     folders stand in it as the client names them, by id or by name.
 * @param mailbox the address, however the client names the mailbox
 * @param message an id in either form, or the file or delivery that the message came from
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Match(
    @Nullable String method,
    @Nullable String path,
    @Nullable String mailbox,
    @Nullable String message) {

  public static final Match ALL = new Match(null, null, null, null);

  public static Match path(String pattern) {
    return new Match(null, pattern, null, null);
  }

  public Match method(String only) {
    return new Match(only, path, mailbox, message);
  }

  public Match mailbox(String only) {
    return new Match(method, path, only, message);
  }

  public Match message(String only) {
    return new Match(method, path, mailbox, only);
  }
}
