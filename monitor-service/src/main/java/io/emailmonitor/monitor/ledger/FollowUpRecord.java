package io.emailmonitor.monitor.ledger;

import io.emailmonitor.monitor.mailbox.Mail;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How far a message is with what is done with it in its mailbox after its attachments are taken.
 *
 * @param attempts how many have failed
 * @param nextAttemptAt when it is tried again; set only while {@link State#WAITING}
 * @param problem why it waits or failed, in words
 */
public record FollowUpRecord(
    String mailbox,
    Mail mail,
    State state,
    int attempts,
    @Nullable Instant nextAttemptAt,
    @Nullable String problem) {

  /** How far it is. */
  public enum State {
    WAITING,
    DONE,
    /** It was given up; the message lies where it lay. */
    FAILED
  }

  public FollowUpRecord done() {
    return new FollowUpRecord(mailbox, mail, State.DONE, attempts, null, null);
  }

  public FollowUpRecord failed(String why) {
    return new FollowUpRecord(mailbox, mail, State.FAILED, attempts + 1, null, why);
  }

  /** To be tried again, as if this attempt had not been made. */
  public FollowUpRecord postponed(Instant next, String why) {
    return new FollowUpRecord(mailbox, mail, State.WAITING, attempts, next, why);
  }

  /** To be tried again after an attempt that failed. */
  public FollowUpRecord retried(Instant next, String why) {
    return new FollowUpRecord(mailbox, mail, State.WAITING, attempts + 1, next, why);
  }
}
