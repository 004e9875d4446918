package io.emailmonitor.worker.runtime;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.SafeFileName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A task's content in a file for a while, in a folder of its own that only this user can enter.
 *
 * @param path the file
 */
record ContentFile(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(ContentFile.class);

  static ContentFile create(DecodedTask task) throws IOException {
    Path folder = Files.createTempDirectory("email-monitor-");
    String name = SafeFileName.writable(task.task().attachmentFilename());
    ContentFile file = new ContentFile(folder.resolve(name));
    boolean complete = false;
    try (OutputStream out = Files.newOutputStream(file.path())) {
      task.transferContentTo(out);
      complete = true;
    } finally {
      if (!complete) {
        file.delete();
      }
    }
    return file;
  }

  /** The file may have been moved away; what else a handler put beside it stays. */
  void delete() {
    Path folder = path.getParent();
    try {
      Files.deleteIfExists(path);
      if (folder != null) {
        Files.deleteIfExists(folder);
      }
    } catch (IOException e) {
      // The message would hold the file's name, which is the mail's.
      LOG.warn("temporary folder {} can't be removed: {}", folder, e.getClass().getSimpleName());
    }
  }
}
