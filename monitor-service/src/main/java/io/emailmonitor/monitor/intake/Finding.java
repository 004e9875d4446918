package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.mailbox.Attachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a lane reports to the thread of its mailbox. */
sealed interface Finding {
  /** An attachment is ready to be handed on; until then it holds its room. */
  record Fetched(
      Work work,
      Attachment attachment,
      @Nullable String detectedType,
      EncodedTask task,
      ByteBudget.Room room)
      implements Finding {}

  /**
   * Nothing more comes of a message, in this attempt.
   *
   * @param settled attachments that have their outcome without being handed on
   * @param problem what went wrong, in words
   */
  record Ended(Work work, How how, List<AttachmentRecord> settled, @Nullable String problem)
      implements Finding {}

  /** How an attempt ends. */
  enum How {
    /** Every attachment was fetched or has its outcome. */
    COMPLETE,
    /** Something failed for now. */
    FAILED_FOR_NOW,
    /** Something failed, and this was the last attempt or another would make no difference. */
    FAILED_FOR_GOOD,
    /** It was done before, and still is. */
    UNCHANGED,
    /** The brake was pulled: as if this attempt had not been made. */
    CUT_SHORT
  }

  /** A lane has come to its end; with a failure if it broke. */
  record LaneClosed(@Nullable Throwable failure) implements Finding {}
}
