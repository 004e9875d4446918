package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.ledger.FollowUpRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** How far a message is with what is done with it in its mailbox. */
record FollowUpView(
    String state, int attempts, @Nullable Instant nextAttemptAt, @Nullable String problem) {
  static FollowUpView of(FollowUpRecord followUp) {
    return new FollowUpView(
        MailView.lowerCase(followUp.state()),
        followUp.attempts(),
        followUp.nextAttemptAt(),
        followUp.problem());
  }
}
