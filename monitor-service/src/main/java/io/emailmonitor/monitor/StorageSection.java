package io.emailmonitor.monitor;

import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** What is kept on disk or in a database. */
public record StorageSection(
    String attachmentsDir,
    DataSize maxWaitingBytes,
    String attachmentsRetention,
    String databaseUrl,
    Duration historyRetention) {
  Path attachmentsPath() {
    return Path.of(attachmentsDir).toAbsolutePath();
  }

  void check(Problems problems) {
    if (!databaseUrl.startsWith("jdbc:h2:")) {
      // The rest of the URL may hold a password.
      problems.add(
          "storage.databaseUrl", "names another database", "a JDBC URL of H2 (jdbc:h2:...)");
    }
    if (historyRetention.toHours() < 24) {
      problems.add("storage.historyRetention", "is " + historyRetention, "at least 1d");
    }
    DurationOrZero.checkRetention(problems, "storage.attachmentsRetention", attachmentsRetention);
  }

  void probe(Problems problems) {
    String allowed = "a directory that this user can make and write to";
    try {
      TrialWrite.into(attachmentsPath());
    } catch (IOException e) {
      String reason = e.getClass().getSimpleName().replace("Exception", "");
      problems.add(
          "storage.attachmentsDir",
          "is \"" + attachmentsDir + "\", which cannot be written to (" + reason + ")",
          allowed);
    } catch (InvalidPathException e) {
      problems.add("storage.attachmentsDir", "is no path: " + e.getReason(), allowed);
    }
  }
}
