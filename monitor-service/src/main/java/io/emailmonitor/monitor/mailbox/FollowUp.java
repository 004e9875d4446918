package io.emailmonitor.monitor.mailbox;

import org.jspecify.annotations.Nullable;

/**
 * What is done with a message in its mailbox when all that is wanted of it has been taken.
 *
 * @param category the name of the category that it gets; null for none
 * @param moveTo the folder that it is moved to, by name or path; null for none
 */
public record FollowUp(boolean markRead, @Nullable String category, @Nullable String moveTo) {
  /** Mailboxes are left as they are. */
  public static final FollowUp NONE = new FollowUp(false, null, null);

  public boolean isNone() {
    return equals(NONE);
  }
}
