package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.http.Request;
import io.emailmonitor.simulator.store.Folder;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Message;
import io.emailmonitor.simulator.store.Tenant;
import java.util.List;
import java.util.Optional;

/**
 * What a request is about.
 *
 * @param path such as {@code /users/u/messages/m}: decoded, in one form for all that mean the same
 */
public record Target(
    String path, Optional<Mailbox> mailbox, Optional<Folder> folder, Optional<Message> message) {

  static Target of(Request request, Tenant tenant) {
    List<String> path = GraphPath.of(request);
    Optional<Mailbox> mailbox =
        path.size() > 2 ? after(path, 0, "users").flatMap(tenant::mailbox) : Optional.empty();
    return new Target(
        '/' + String.join("/", path),
        mailbox,
        mailbox.flatMap(box -> after(path, 2, "mailFolders").flatMap(box::folder)),
        mailbox.flatMap(
            box ->
                after(path, 2, "messages")
                    .or(() -> after(path, 4, "messages"))
                    .flatMap(box::message)));
  }

  private static Optional<String> after(List<String> path, int index, String name) {
    return path.size() > index + 1 && path.get(index).equalsIgnoreCase(name)
        ? Optional.of(path.get(index + 1))
        : Optional.empty();
  }

  /** The address of the mailbox, lower case. */
  public Optional<String> address() {
    return mailbox.map(box -> box.owner().address());
  }
}
