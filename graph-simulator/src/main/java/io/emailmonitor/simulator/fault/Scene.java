package io.emailmonitor.simulator.fault;

import io.emailmonitor.simulator.graph.PageQuirk;
import io.emailmonitor.simulator.graph.Target;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** One request on its way through the faults. */
record Scene(Request request, Target target, Set<PageQuirk> quirks, World world) {

  Scene with(PageQuirk quirk) {
    Set<PageQuirk> more = EnumSet.of(quirk);
    more.addAll(quirks);
    return new Scene(request, target, more, world);
  }

  Reply refuse(int status, String code, String message, Map<String, String> headers) {
    return world.graph().refuse(request, status, code, message, headers);
  }

  void moveMessage(String folder) {
    target
        .mailbox()
        .ifPresent(
            box ->
                target
                    .message()
                    .ifPresent(
                        message ->
                            box.move(
                                message.id(),
                                box.folder(folder).orElseGet(() -> box.folderAt(folder)))));
  }

  void deleteMessage() {
    target
        .mailbox()
        .ifPresent(box -> target.message().ifPresent(message -> box.delete(message.id())));
  }
}
