package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.ledger.FolderRecord;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.RedisExtension;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One mailbox's trouble is its own, unless it is everybody's. */
class MailboxTroubleTest {
  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private final FakeMailSource mail = new FakeMailSource();
  private final Mailbox ill = mail.mailbox("ill@contoso.example");
  private final Mailbox well = mail.mailbox("well@contoso.example");
  private Station station;

  @BeforeEach
  void open() {
    station = new Station(mail, redis.open());
    for (int i = 0; i < 4; i++) {
      mail.deliver(ill, "ill" + i, pdf("ill-a" + i));
    }
    mail.deliver(well, "well", pdf("well-a"));
  }

  @AfterEach
  void close() {
    station.close();
  }

  private Attachment pdf(String id) {
    return mail.file(id, id + ".pdf", ("%PDF " + id).getBytes(UTF_8));
  }

  private MailboxRecord standing(Mailbox mailbox) {
    return station.history().mailboxes().stream()
        .filter(m -> m.address().equals(mailbox.address()))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"changes ill@contoso.example", "list ill1", "body ill1", "open ill-a1"})
  void waitsAsLongAsTold_whenThrottled_alsoAcrossRestarts(String request) {
    mail.fail(request, Troubles.throttled(Duration.ofMinutes(10)));

    CycleReport report = station.cycle();
    assertThat(report.mailboxes()).extracting(m -> m.paused() == null).containsExactly(false, true);
    assertThat(standing(ill).nextCheckAt())
        .isEqualTo(station.clock.instant().plus(Duration.ofMinutes(10)));
    assertThat(station.history().totals().retrying()).isZero();

    station.restart();
    station.clock.advance(Duration.ofMinutes(10).minusMillis(1));
    int before = mail.requests("changes ill@contoso.example");
    assertThat(station.turn(true).report().mailboxes().get(0).paused()).contains("throttled until");
    assertThat(mail.requests("changes ill@contoso.example")).isEqualTo(before);

    station.clock.advance(Duration.ofMillis(1));
    station.cycle();
    assertThat(standing(ill).nextCheckAt()).isNull();
    assertThat(station.takeAttachmentIds()).hasSize(5).doesNotHaveDuplicates();
  }

  @Test
  void looksAgain_whenTheClockWasWrongAndIsPutBack() {
    mail.fail("changes ill@contoso.example", Troubles.throttled(Duration.ofMinutes(10)));
    station.cycle();
    station.clock.advance(Duration.ofDays(-400));

    station.cycle();
    assertThat(standing(ill).nextCheckAt()).isNull();
    assertThat(station.takeAttachmentIds()).hasSize(5);
  }

  @Test
  void looksMailboxesUpAgain_whenTheClockWasWrongAndIsPutBack() {
    station.cycle();
    station.clock.advance(Duration.ofDays(-400));
    station.cycle();
    assertThat(mail.requests("discover")).isEqualTo(2);
  }

  @Test
  void readsTheFolderAgain_whenItsCursorIsRefusedForGood() {
    station.cycle();
    mail.fail("changes ill@contoso.example", Troubles.of(Kind.REJECTED));
    mail.deliver(ill, "new", pdf("new-a"));

    assertThat(station.cycle().sum().enqueued()).isEqualTo(1);
    assertThat(station.takeAttachmentIds()).hasSize(6).doesNotHaveDuplicates();
  }

  @Test
  void parksAnUnusableMailbox_andLooksAgainTheNextDay_orWhenAsked() {
    mail.failAlways("changes ill@contoso.example", Troubles.of(Kind.MAILBOX_UNUSABLE));
    station.cycle();
    assertThat(standing(ill).parkedReason()).contains("MAILBOX_UNUSABLE");
    assertThat(standing(well).lastSyncAt()).isEqualTo(station.clock.instant());

    station.clock.advance(Duration.ofHours(23));
    assertThat(station.cycle().mailboxes().get(0).paused()).contains("parked until");
    assertThat(mail.requests("changes ill@contoso.example")).isEqualTo(1);

    station.turn(true);
    assertThat(mail.requests("changes ill@contoso.example")).isEqualTo(2);

    mail.recover("changes ill@contoso.example");
    station.clock.advance(Duration.ofDays(1));
    station.cycle();
    assertThat(standing(ill).parkedReason()).isNull();
    assertThat(station.takeAttachmentIds()).hasSize(5);
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"UNAVAILABLE", "REJECTED", "GONE", "CURSOR_EXPIRED"})
  void goesOnWithTheOthers_whenOneCannotBeRead(Kind kind) {
    mail.failAlways("changes ill@contoso.example", Troubles.of(kind));
    CycleReport report = station.cycle();
    assertThat(report.mailboxes().get(0).paused()).contains(kind.name());
    assertThat(standing(ill).problem()).contains(kind.name());
    assertThat(station.takeAttachmentIds()).containsExactly("well-a");

    mail.recover("changes ill@contoso.example");
    station.cycle();
    assertThat(standing(ill).problem()).isNull();
    assertThat(station.takeAttachmentIds()).hasSize(4);
  }

  @Test
  void goesOnWithTheOthers_afterABugInOne() {
    mail.failAlways("changes ill@contoso.example", Troubles.bug());
    CycleReport report = station.cycle();
    assertThat(report.mailboxes().get(0).paused()).isEqualTo("unexpected IllegalStateException");
    assertThat(station.counted("unexpected")).isEqualTo(1);
    assertThat(station.takeAttachmentIds()).containsExactly("well-a");
  }

  @Test
  void readsOtherFolders_whenOneIsGone_andFindsItWhenItIsBack() {
    station.folders = List.of("Invoices", "inbox");
    station.cycle();
    assertThat(station.takeAttachmentIds()).hasSize(5);

    mail.failAlways("folder Invoices", Troubles.of(Kind.FOLDER_GONE));
    mail.fail("changes ill@contoso.example", Troubles.of(Kind.FOLDER_GONE));
    mail.deliver(ill, "new", pdf("new-a"));
    station.cycle();
    assertThat(standing(ill).problem()).contains("Invoices").contains("FOLDER_GONE");
    assertThat(station.journal().folder(ill, "Invoices")).isEmpty();
    assertThat(station.takeAttachmentIds()).containsExactly("new-a");

    mail.recover("folder Invoices");
    station.cycle();
    assertThat(standing(ill).problem()).isNull();
    assertThat(station.journal().folder(ill, "Invoices").map(FolderRecord::folder)).isPresent();
  }

  @Test
  void endsTheCycle_whenCredentialsDoNotWork() {
    mail.failAlways("changes ill@contoso.example", Troubles.of(Kind.UNAUTHENTICATED));
    mail.failAlways("changes well@contoso.example", Troubles.of(Kind.UNAUTHENTICATED));
    CycleReport report = station.cycle();
    assertThat(report.problems()).singleElement().asString().contains("UNAUTHENTICATED");
    assertThat(report.mailboxes()).allMatch(m -> m.paused() != null);

    mail.recover("changes ill@contoso.example");
    mail.recover("changes well@contoso.example");
    assertThat(station.cycle().sum().enqueued()).isEqualTo(5);
  }

  @Test
  void endsTheCycle_whenNoMailboxIsKnown() {
    mail.fail("discover", Troubles.of(Kind.UNAVAILABLE));
    CycleReport report = station.cycle();
    assertThat(report.problems()).singleElement().asString().contains("UNAVAILABLE");
    assertThat(report.mailboxes()).isEmpty();
    assertThat(station.cycle().sum().enqueued()).isEqualTo(5);
  }

  @Test
  void keepsTheKnownMailboxes_whenTheyCannotBeLookedUpAgain() {
    station.cycle();
    mail.failAlways("discover", Troubles.of(Kind.UNAVAILABLE));
    mail.deliver(well, "new", pdf("new-a"));
    station.clock.advance(Duration.ofHours(1));

    CycleReport report = station.cycle();
    assertThat(report.problems()).singleElement().asString().contains("UNAVAILABLE");
    assertThat(report.sum().enqueued()).isEqualTo(1);
  }

  @Test
  void keepsTheMailboxesOfTheLedger_whenTheyCannotBeLookedUpAfterARestart() {
    mail.userIds.put(well, "u-1");
    station.cycle();
    station.restart();
    mail.failAlways("discover", Troubles.of(Kind.UNAVAILABLE));
    mail.deliver(well, "new", pdf("new-a"));

    CycleReport report = station.cycle();
    assertThat(report.problems()).singleElement().asString().contains("UNAVAILABLE");
    assertThat(report.sum().enqueued()).isEqualTo(1);
    assertThat(mail.recalled).isEqualTo(new Discovery(List.of(ill, well), mail.userIds, Map.of()));
  }

  @Test
  void visitsNoneOfTheLedger_whenOtherMailboxesAreToBeWatchedNow() {
    station.cycle();
    station.restart();
    station.entries = List.of("well@contoso.example");
    mail.failAlways("discover", Troubles.of(Kind.UNAVAILABLE));
    assertThat(station.cycle().mailboxes()).isEmpty();
  }

  @Test
  void looksMailboxesUpHourly_andWhenAsked() {
    station.cycle();
    station.clock.advance(Duration.ofMinutes(59));
    station.cycle();
    assertThat(mail.requests("discover")).isEqualTo(1);

    mail.mailbox("new@contoso.example");
    mail.unresolved("nobody@contoso.example", "there is no such mailbox");
    CycleReport report = station.turn(true).report();
    assertThat(report.mailboxes()).hasSize(3);
    assertThat(report.problems())
        .containsExactly("'nobody@contoso.example': there is no such mailbox");

    station.clock.advance(Duration.ofHours(1));
    station.cycle();
    assertThat(mail.requests("discover")).isEqualTo(3);
  }
}
