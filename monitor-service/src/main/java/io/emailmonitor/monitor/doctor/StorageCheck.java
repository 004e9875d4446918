package io.emailmonitor.monitor.doctor;

import io.emailmonitor.monitor.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** Looks at the disk and the database. That the disk can be written to is known by then. */
public final class StorageCheck {
  private static final long LITTLE = 1L << 30;

  private StorageCheck() {}

  public static void look(Path attachments, String databaseUrl, Report report) {
    report.add(disk(attachments));
    report.add(database(databaseUrl));
  }

  private static Finding disk(Path directory) {
    String subject = "disk";
    try {
      Path existing = directory;
      while (Files.notExists(existing) && existing.getParent() != null) {
        existing = existing.getParent();
      }
      long free = Files.getFileStore(existing).getUsableSpace();
      String words =
          String.format(
              Locale.ROOT,
              "%s can be written to, %.1f GiB free",
              directory,
              free / (double) LITTLE);
      return free < LITTLE
          ? Finding.note(
              subject, words, "Make room, or set ATTACHMENTS_DIR to a disk that has more of it")
          : Finding.ok(subject, words);
    } catch (IOException e) {
      return Finding.fail(
          subject, directory + " does not tell its free space", String.valueOf(e.getMessage()));
    }
  }

  private static Finding database(String url) {
    String subject = "database";
    try {
      return Finding.ok(subject, Ledger.look(url));
    } catch (IllegalStateException e) {
      return Finding.fail(
          subject,
          String.valueOf(e.getMessage()),
          "Check DATABASE_URL, and whether this user may use it");
    }
  }
}
