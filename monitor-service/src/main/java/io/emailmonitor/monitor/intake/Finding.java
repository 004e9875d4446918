package io.emailmonitor.monitor.intake;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.content.Detected;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.Reason;
import io.emailmonitor.monitor.mailbox.Attachment;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a lane reports to the thread of its mailbox. */
sealed interface Finding {
  /** An attachment is ready to be handed on; until then it holds its room. */
  record Fetched(
      Work work,
      Attachment attachment,
      Detected detected,
      EncodedTask task,
      ByteBudget.Room room,
      Remark remark)
      implements Finding {

    Fetched with(Remark other) {
      return new Fetched(work, attachment, detected, task, room, other);
    }
  }

  /**
   * What is recorded beside an outcome.
   *
   * @param reason why it was handed on as it is, though it should have been unpacked
   * @param contained how many attachments it holds; null when nobody looked into it
   */
  record Remark(@Nullable Reason reason, @Nullable String detail, @Nullable Integer contained) {
    static final Remark NONE = new Remark(null, null, null);
  }

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
