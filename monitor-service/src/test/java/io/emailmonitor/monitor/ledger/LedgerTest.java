package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.BOX;
import static io.emailmonitor.monitor.ledger.Records.NOW;
import static io.emailmonitor.monitor.ledger.Records.done;
import static io.emailmonitor.monitor.ledger.Records.enqueued;
import static io.emailmonitor.monitor.ledger.Records.retrying;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.TimeZone;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What the database holds, and how it is opened. */
class LedgerTest extends WithLedger {
  @Test
  void takesIdsAndTextsOfAnyLengthAndAnyCharacters() {
    String odd = "\u0000\ud83d\udcce \ud800 \u202e'\"<>\\%_\r\n\uffff";
    String id = odd + "x".repeat(20_000);
    Mail mail = new Mail(id, "<" + id + ">", id, id, id, Instant.parse("0001-01-01T00:00:00Z"));
    AttachmentRecord attachment =
        SampleAttachment.of(id, Outcome.STORED)
            .named(id)
            .ofKind(Attachment.Kind.ITEM, true)
            .typed(id, id)
            .sized(Long.MAX_VALUE)
            .because(null, id)
            .storedAt(id)
            .build();
    MailRecord record =
        new MailRecord(
            id, id, mail, MailRecord.State.FAILED, NOW, 1, null, id, List.of(attachment));
    journal.record(List.of(record));
    journal.saveCursor(BOX, new MailFolder(id, id), new Cursor(id));

    assertThat(history.mail(id)).contains(record);
    assertThat(journal.folder(BOX, id))
        .contains(new FolderRecord(new MailFolder(id, id), new Cursor(id)));
  }

  @Test
  void cutsTextsThatNobodyReadsToTheEnd() {
    Mail mail = new Mail("m1", null, "s".repeat(3_000_000), "", "", NOW);
    journal.record(
        List.of(
            new MailRecord(
                BOX.address(),
                "inbox",
                mail,
                MailRecord.State.DONE,
                NOW,
                1,
                null,
                null,
                List.of())));

    assertThat(history.mail("m1").orElseThrow().mail().subject()).hasSize(1_000_000);
  }

  @Test
  void keepsTimes_whateverTheMachinesZone() {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone("Europe/Berlin"));
    try {
      Instant firstHalfPastTwo = Instant.parse("2026-10-25T00:30:00Z");
      Instant secondHalfPastTwo = Instant.parse("2026-10-25T01:30:00Z");
      journal.record(List.of(retrying("m1", firstHalfPastTwo), retrying("m2", secondHalfPastTwo)));
      assertThat(journal.due(BOX, firstHalfPastTwo, 10))
          .containsExactly(retrying("m1", firstHalfPastTwo));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void keepsWhatWasWritten_whenTheProcessIsKilledTheMomentAfter() throws Exception {
    String url = "jdbc:h2:file:" + folder.resolve("killed");
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                KilledWriter.class.getName(),
                url)
            .redirectErrorStream(true)
            .redirectOutput(new File(folder.toFile(), "killed.log"))
            .start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(137);

    try (Ledger after = Ledger.open(url, new MetricRegistry(), Clock.systemUTC())) {
      assertThat(after.history().mail("m1")).contains(done("m1", enqueued("m1", "a1")));
      assertThat(after.journal().folder(BOX, "inbox").map(FolderRecord::cursor))
          .isEqualTo(Optional.of(new Cursor("link")));
    }
  }

  @Test
  void saysWhichDatabaseCannotBeOpened_withoutItsPassword() throws IOException {
    Path file = Files.writeString(folder.resolve("broken.mv.db"), "not a database".repeat(1000));
    String url = "jdbc:h2:file:" + folder.resolve("broken") + ";PASSWORD=s3cret";

    assertThatThrownBy(() -> Ledger.open(url, new MetricRegistry(), Clock.systemUTC()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith("The ledger jdbc:h2:file:" + folder.resolve("broken") + " cannot")
        .hasMessageNotContaining("s3cret");
    assertThat(file).exists();
  }

  @Test
  void refusesADatabase_thatCanOnlyBeRead() {
    ledger.close();
    String url = "jdbc:h2:file:" + folder.resolve("ledger") + ";ACCESS_MODE_DATA=r";

    assertThatThrownBy(() -> Ledger.open(url, new MetricRegistry(), Clock.systemUTC()))
        .hasMessageContaining("cannot be opened: it can only be read. Check the permissions");
  }

  @Test
  void refusesADatabase_thatANewerVersionHasWrittenTo() throws SQLException {
    ledger.close();
    String url = "jdbc:h2:file:" + folder.resolve("ledger");
    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE \"flyway_schema_history\" SET \"version\" = '999' WHERE \"version\" = '9'");
    }

    assertThatThrownBy(() -> Ledger.open(url, new MetricRegistry(), Clock.systemUTC()))
        .hasMessageContaining("cannot be opened: a newer version of this program");
  }

  @Test
  void saysThatTheDatabaseFailed_withoutAWordOfItsContent() {
    SQLException failure =
        new SQLException("row ('secret')", "", 90028, new IOException("No space left on device"));

    assertThat(LedgerFailure.words(new IllegalStateException("statement of secret", failure)))
        .hasValueSatisfying(
            words ->
                assertThat(words)
                    .contains("error 90028: No space left on device", "DATABASE_URL")
                    .doesNotContain("secret"));
    assertThat(LedgerFailure.words(new IllegalStateException("a bug"))).isEmpty();
  }

  @Test
  void saysSo_whenThereIsNoDriverForTheDatabase() {
    assertThatThrownBy(
            () ->
                Ledger.open(
                    "jdbc:unknown://user:s3cret@host/db", new MetricRegistry(), Clock.systemUTC()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("jdbc:unknown://host/db")
        .hasMessageContaining("no driver");
  }
}
