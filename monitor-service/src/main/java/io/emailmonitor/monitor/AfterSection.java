package io.emailmonitor.monitor;

import io.emailmonitor.monitor.mailbox.FolderName;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.Likeness;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is done with messages in their mailboxes after their attachments are taken. */
public record AfterSection(
    boolean markRead, @Nullable String addCategory, @Nullable String moveTo) {

  /** Outlook knows no longer one. */
  private static final int LONGEST_CATEGORY = 255;

  FollowUp followUp() {
    return new FollowUp(markRead, stripped(addCategory), stripped(moveTo));
  }

  private static @Nullable String stripped(@Nullable String text) {
    return text == null ? null : text.strip();
  }

  void check(Problems problems, List<String> folders) {
    String category = followUp().category();
    if (category != null && (category.length() > LONGEST_CATEGORY || category.indexOf(',') >= 0)) {
      problems.add(
          "after.addCategory",
          "is \"" + category + "\"",
          "the name of a category, at most " + LONGEST_CATEGORY + " characters without a comma");
    }
    String target = followUp().moveTo();
    if (target != null) {
      checkTarget(problems, target, folders);
    }
  }

  private static void checkTarget(Problems problems, String target, List<String> folders) {
    String key = "after.moveTo";
    String allowed = "a folder's name or path, such as archive or Inbox/Done";
    try {
      if (FolderName.of(target).extent() != FolderName.Extent.ITSELF) {
        problems.add(key, "is \"" + target + "\"", allowed);
      }
    } catch (IllegalArgumentException e) {
      problems.add(key, "is \"" + target + "\", which " + e.getMessage(), allowed);
    }
    if (folders.stream().anyMatch(folder -> Likeness.of(folder).equals(Likeness.of(target)))) {
      problems.add(
          key, "is \"" + target + "\", from which messages are taken", allowed + ", not that one");
    }
  }
}
