package io.emailmonitor.monitor.ledger;

import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/**
 * The ledger's side for attachments that are kept as files, not for those that wait for the queue.
 * What a method wrote is durable when it returns. Safe for use by several threads.
 */
public interface StoredFiles {
  /**
   * A file of an attachment.
   *
   * @param place relative to the attachments directory
   */
  record Stored(String taskId, String place) {}

  /** Lists files that were stored before that time, by the order of their tasks' ids. */
  List<Stored> storedBefore(Instant time, String afterTaskId, int limit);

  /** The files of these are not there any more. */
  void removed(Collection<String> taskIds);

  /** Which of these tasks have a file, as far as is recorded. */
  Set<String> stored(Collection<String> taskIds);
}
