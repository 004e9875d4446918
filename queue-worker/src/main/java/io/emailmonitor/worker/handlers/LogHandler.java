package io.emailmonitor.worker.handlers;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes to the log who sent what, and nothing else. The one place of this program where the
 * content of mails reaches a log: whoever chooses this handler asks for exactly that. Thread-safe.
 */
final class LogHandler implements TaskHandler {
  private static final Logger LOG = LoggerFactory.getLogger(LogHandler.class);
  private static final int PREVIEW_LENGTH = 100;

  @Override
  public Outcome handle(Attempt attempt) throws IOException {
    // A task whose content cannot be read must not count as done.
    attempt.transferContentTo(OutputStream.nullOutputStream());
    LOG.info("{}", describe(attempt.task()));
    return Outcome.done();
  }

  /** One text, so that threads do not mix their lines. */
  private static String describe(AttachmentTask task) {
    return String.join(
        "\n",
        "Email from: " + line(task.emailSender()) + " (" + line(task.emailSenderEmail()) + ")",
        "Email subject: " + line(task.emailSubject()),
        "Email content preview: " + line(preview(task.emailContent())) + "...",
        "Processing: " + line(task.attachmentFilename()),
        "MIME Type: " + line(task.attachmentMimeType()),
        "Size: " + task.attachmentSize() + " bytes");
  }

  private static String preview(String body) {
    int length = body.codePointCount(0, body.length());
    return body.substring(0, body.offsetByCodePoints(0, Math.min(length, PREVIEW_LENGTH)));
  }

  /** Line ends and control characters of a mail would forge log entries or steer a terminal. */
  private static String line(String text) {
    return text.replaceAll("[\\p{Cc}\\p{Cf}\\u2028\\u2029]+", " ");
  }
}
