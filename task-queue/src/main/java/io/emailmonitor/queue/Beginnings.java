package io.emailmonitor.queue;

import io.emailmonitor.model.TaskCodec;
import java.util.ArrayList;
import java.util.List;

/** Reads how items begin; the rest of them stays on the server. */
final class Beginnings {
  /** Holds all that describes a task, unless its subject or a name is absurdly long. */
  private static final int BEGINNING_BYTES = 16 * 1024;

  /**
   * What one script run may look at: some 10 ms of the server's time, unless one item is larger.
   */
  private static final int LOOK_BYTES = 8 * 1024 * 1024;

  private Beginnings() {}

  /** As many items as one script run may look at, at least one if there is any. */
  static List<QueuedTask> read(Wire wire, byte[] list, int skip, int count) {
    List<?> found =
        Reply.list(
            Script.BEGINNINGS
                .with(List.of(list), skip, count, BEGINNING_BYTES, LOOK_BYTES)
                .on(wire));
    List<QueuedTask> tasks = new ArrayList<>();
    for (int i = 0; i < found.size(); i += 2) {
      byte[] beginning = Reply.bytes(found.get(i + 1));
      tasks.add(
          new QueuedTask(
              Reply.number(found.get(i)),
              TaskCodec.facts(beginning == null ? new byte[0] : beginning)));
    }
    return tasks;
  }
}
