package io.emailmonitor.worker.handlers;

import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.SafeFileName;
import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Writes each attachment to {@code <output>/<date received>/<task id>/<safe name>} and, after it, a
 * file of that name and {@code .json} with all that the task says: when the second is there, the
 * first is complete and on disk. The same task again writes the same files again. Thread-safe.
 */
final class SaveHandler implements TaskHandler {
  private final Path output;

  SaveHandler(Path output) {
    this.output = output;
  }

  @Override
  public Outcome handle(Attempt attempt) throws IOException {
    try {
      return save(attempt);
    } catch (FileSystemException e) {
      // Its message holds the file's name, which is the mail's; the reason alone is for logs.
      String reason = e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
      throw new IOException("can't write below " + output + ": " + reason);
    }
  }

  private Outcome save(Attempt attempt) throws IOException {
    AttachmentTask task = attempt.task();
    TaskFolder folder = TaskFolder.create(output, task);
    String name = SafeFileName.writable(task.attachmentFilename());
    long size;
    String sha256;
    try (DurableFile file = folder.newFile(name)) {
      sha256 = copy(attempt, file.out());
      size = file.size();
      String expected = task.extras().attachmentSha256();
      if (expected != null && !expected.equalsIgnoreCase(sha256)) {
        return Outcome.bury("content does not match attachment_sha256: it hashes to " + sha256);
      }
      file.commit();
    }
    try (DurableFile file = folder.newFile(name + ".json")) {
      TaskFacts.write(task, size, sha256, file.out());
      file.commit();
    }
    folder.removeLeftovers();
    return Outcome.done();
  }

  /** Returns the content's hash. */
  private static String copy(Attempt attempt, OutputStream out) throws IOException {
    MessageDigest sha256 = sha256();
    attempt.transferContentTo(new DigestOutputStream(out, sha256));
    return HexFormat.of().formatHex(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
