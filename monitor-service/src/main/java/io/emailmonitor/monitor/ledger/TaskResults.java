package io.emailmonitor.monitor.ledger;

import java.util.List;
import java.util.Optional;

/** The ledger's side for what workers report. Safe for use by several threads. */
public interface TaskResults {
  /** How far the events of that queue have been read. */
  Optional<String> position(String queue);

  /**
   * Writes results down together with the position up to which they go: both or neither. A result
   * never replaces a later one of the same task.
   *
   * @param results in their order; their tasks need not be known
   */
  void record(String queue, String position, List<TaskResult> results);
}
