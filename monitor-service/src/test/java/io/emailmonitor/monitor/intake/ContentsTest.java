package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.content.Format;
import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.filter.Patterns;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import io.emailmonitor.simulator.http.Transmission.Framing;
import io.emailmonitor.simulator.samples.Cms;
import io.emailmonitor.simulator.samples.Tnef;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attachments within attachments, and types by content, from Graph to the queue. */
class ContentsTest {
  private static final String BOX = "anna@contoso.example";
  private static final byte[] PDF = "%PDF-1.7\nhello".getBytes(UTF_8);
  private static final byte[] PROGRAM = {'M', 'Z', 0, 0};

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private GraphSimulator simulator;
  private Station station;

  @BeforeEach
  void open() throws IOException {
    simulator = GraphSimulator.builder().build().start();
    station = Station.before(simulator, 20, redis.open());
  }

  @AfterEach
  void close() {
    station.close();
    simulator.close();
  }

  @Test
  void takesFilesOutOfWinmail_eachWithItsOutcome() throws IOException {
    Tnef tnef = new Tnef().file("a.pdf", "application/pdf", PDF).file("b.exe", "", PROGRAM);
    MailRecord mail = work(part("winmail.dat", tnef.bytes()));
    assertThat(outcomes(mail))
        .containsExactly(
            "~0 winmail.dat SKIPPED unpacked 2",
            "~1 a.pdf ENQUEUED null null",
            "~2 b.exe SKIPPED type-not-wanted null");
    DecodedTask task = onlyTask();
    String id = named(mail, "a.pdf").attachmentId();
    assertThat(task.task().taskId()).isEqualTo(TaskId.of(BOX, mail.mail().id(), id));
    assertThat(task.task().attachmentId()).isEqualTo(id).endsWith("~1");
    assertThat(task.task().extras().attachmentDetectedMimeType()).isEqualTo("application/pdf");
    assertThat(task.content()).isEqualTo(PDF);
  }

  @Test
  void handsDamagedWinmailOnAsItIs_andSaysWhy() throws IOException {
    byte[] winmail = new Tnef().file("a.pdf", "application/pdf", PDF).bytes();
    byte[] cut = Arrays.copyOf(winmail, winmail.length - 1);
    MailRecord mail = work(part("winmail.dat", cut));
    assertThat(outcomes(mail)).containsExactly("~0 winmail.dat ENQUEUED damaged null");
    assertThat(mail.attachments().get(0).detail()).isEqualTo("TNEF that breaks off");
    assertThat(onlyTask().content()).isEqualTo(cut);
  }

  @Test
  void judgesWhatIsTakenOut_andTheWholeOnlyWhenItStaysWhole() {
    byte[] winmail = new Tnef().file("invoice.pdf", "", PDF).file("offer.pdf", "", PDF).bytes();
    byte[] cut = Arrays.copyOf(winmail, winmail.length - 1);
    Patterns invoices = new Patterns(List.of("*invoice*"), List.of());
    Patterns noWrappers = new Patterns(List.of(), List.of("winmail.dat"));
    station.patterns = files(invoices);
    assertThat(outcomes(work(part("winmail.dat", winmail))))
        .containsExactly(
            "~0 winmail.dat SKIPPED unpacked 2",
            "~1 invoice.pdf ENQUEUED null null",
            "~2 offer.pdf SKIPPED file-not-included null");
    assertThat(outcomes(work(part("winmail.dat", cut))))
        .containsExactly("~0 winmail.dat ENQUEUED damaged null");
    station.restart();
    station.patterns = files(noWrappers);
    assertThat(outcomes(work(part("winmail.dat", winmail))))
        .contains("~0 winmail.dat SKIPPED unpacked 2", "~2 offer.pdf ENQUEUED null null");
    assertThat(outcomes(work(part("winmail.dat", cut))))
        .containsExactly("~0 winmail.dat SKIPPED file-excluded null");
  }

  private static PatternRules files(Patterns files) {
    return new PatternRules(files, Patterns.ALL, Patterns.ALL, Patterns.ALL, 0);
  }

  @Test
  void flagsEncryptedMessages_andHandsThemOnOnlyWhenTheirTypeIsWanted() {
    byte[] eml = cryptic(Cms.encrypted(PDF));
    assertThat(outcomes(work(eml))).containsExactly("~0 smime.p7m SKIPPED encrypted null");
    station.restart();
    station.fileTypes = List.of(".p7m");
    assertThat(outcomes(work(eml))).containsExactly("~0 smime.p7m ENQUEUED encrypted null");
  }

  @Test
  void opensSignedMessages() throws IOException {
    byte[] entity = eml(part("a.pdf", PDF));
    assertThat(outcomes(work(cryptic(Cms.signed(entity)))))
        .containsExactly("~0 smime.p7m SKIPPED unpacked 1", "~1 a.pdf ENQUEUED null null");
    assertThat(onlyTask().content()).isEqualTo(PDF);
  }

  @Test
  void takesAttachmentsOfAttachedMessages_onlyWhenAsked() {
    byte[] inner = eml(part("a.pdf", PDF));
    assertThat(outcomes(work(attached(inner))))
        .containsExactly("~0 inner.eml SKIPPED type-not-wanted null");
    station.restart();
    station.opened = EnumSet.allOf(Format.class);
    assertThat(outcomes(work(attached(inner))))
        .containsExactly("~0 inner.eml SKIPPED unpacked 1", "~1 a.pdf ENQUEUED null null");
    station.restart();
    station.fileTypes = List.of(".pdf", ".eml");
    assertThat(outcomes(work(attached(inner))))
        .containsExactly("~0 inner.eml ENQUEUED null 1", "~1 a.pdf ENQUEUED null null");
  }

  @Test
  void refusesBombs_andGoesOn() {
    station.opened = EnumSet.allOf(Format.class);
    Tnef many = new Tnef();
    for (int i = 0; i < 501; i++) {
      many.file(i + ".pdf", "application/pdf", PDF);
    }
    byte[] deep = eml(part("a.pdf", PDF));
    for (int i = 0; i < 6; i++) {
      deep = eml(attached(deep));
    }
    MailRecord mail =
        work(part("winmail.dat", many.bytes()), attached(deep), part("good.pdf", PDF));
    assertThat(mail.state()).isEqualTo(MailRecord.State.DONE);
    assertThat(outcomes(mail))
        .contains(
            "~0 winmail.dat FAILED too-many-within null",
            "~1.1.1.1.1 inner.eml FAILED nested-too-deep null",
            "~0 good.pdf ENQUEUED null null");
    assertThat(station.takeAll()).hasSize(1);
  }

  @Test
  void comesOutOnce_whateverStepItDiesAt() throws IOException {
    station.opened = EnumSet.allOf(Format.class);
    station.fileTypes = List.of(".pdf", ".eml");
    byte[] tnef = new Tnef().file("a.pdf", "", PDF).file("b.exe", "", PROGRAM).bytes();
    byte[] eml =
        eml(attached(eml(part("winmail.dat", tnef), part("c.pdf", PDF))), part("d.pdf", PDF));
    for (Crash.Step step : EnumSet.range(Crash.Step.HAND_ON, Crash.Step.SAVE_CURSOR)) {
      for (boolean before : new boolean[] {false, true}) {
        String id = simulator.deliver(BOX, "inbox", eml);
        Crash crash = new Crash(step, before, 0);
        station.restart();
        station.aroundDelivery = crash::around;
        station.aroundJournal = crash::around;
        assertThatThrownBy(station::cycle).isInstanceOf(Throwable.class);
        station.restart();
        station.cycle();
        assertThat(outcomes(station.mail(id)))
            .containsExactlyInAnyOrder(
                "~0 inner.eml ENQUEUED null 4",
                "~1 winmail.dat SKIPPED unpacked 2",
                "~1.1 a.pdf ENQUEUED null null",
                "~1.2 b.exe SKIPPED type-not-wanted null",
                "~2 c.pdf ENQUEUED null null",
                "~0 d.pdf ENQUEUED null null");
        assertThat(station.takeAll()).hasSize(4);
      }
    }
  }

  @Test
  void looksAgainIntoWhatIsOpened_whenOnlyAnInnerOneIsReplayed() {
    Tnef tnef = new Tnef().file("a.pdf", "", PDF).file("b.pdf", "", PDF);
    MailRecord mail = work(part("winmail.dat", tnef.bytes()));
    assertThat(station.takeAll()).hasSize(2);
    AttachmentRecord inner = named(mail, "b.pdf");
    station.journal().reopen(mail, List.of(inner), "replayed");
    station.cycle();
    assertThat(outcomes(station.mail(mail.mail().id())))
        .containsExactlyInAnyOrderElementsOf(outcomes(mail));
    long requests = simulator.requests(BOX);
    station.sweeps().demand(Instant.EPOCH);
    assertThat(station.cycle().sum().fetched()).isZero();
    assertThat(simulator.requests(BOX) - requests).as("nothing is downloaded").isLessThan(5);
  }

  @Test
  void triesAgain_whenTheDownloadBreaksOff() {
    Tnef tnef = new Tnef().file("a.pdf", "", content(50_000));
    simulator
        .faults()
        .add(Fault.times(1, Match.path("**/$value"), new Effect.Cut(8192, Framing.LENGTH, false)));
    MailRecord failed = work(part("winmail.dat", tnef.bytes()));
    assertThat(failed.state()).isEqualTo(MailRecord.State.RETRYING);
    station.clock.advance(Duration.ofHours(1));
    station.cycle();
    assertThat(outcomes(station.mail(failed.mail().id())))
        .containsExactlyInAnyOrder(
            "~0 winmail.dat SKIPPED unpacked 1", "~1 a.pdf ENQUEUED null null");
  }

  @Test
  void letsTheContentDecide_whenAsked_andTellsWhatContradictsIt() throws IOException {
    station.typesByContent = true;
    MailRecord mail =
        work(part("hidden.bin", PDF), part("fake.pdf", PROGRAM), part("empty.pdf", new byte[0]));
    assertThat(outcomes(mail))
        .containsExactlyInAnyOrder(
            "~0 hidden.bin ENQUEUED null null",
            "~0 fake.pdf SKIPPED type-not-wanted null",
            "~0 empty.pdf ENQUEUED null null");
    assertThat(named(mail, "fake.pdf"))
        .returns("name", AttachmentRecord::mismatch)
        .returns("application/x-msdownload", AttachmentRecord::detectedType);
    assertThat(station.counted("mismatched.name")).isEqualTo(1);
    assertThat(station.counted("mismatched")).isEqualTo(1);
    assertThat(station.takeAll())
        .extracting(task -> task.task().attachmentFilename())
        .containsExactlyInAnyOrder("hidden.bin", "empty.pdf");
  }

  private MailRecord work(byte[] eml) {
    String id = simulator.deliver(BOX, "inbox", eml);
    station.cycle();
    return station.mail(id);
  }

  private MailRecord work(String... parts) {
    return work(eml(parts));
  }

  private static AttachmentRecord named(MailRecord mail, String name) {
    return mail.attachments().stream().filter(a -> a.name().equals(name)).findFirst().orElseThrow();
  }

  private DecodedTask onlyTask() {
    List<DecodedTask> tasks = station.takeAll();
    assertThat(tasks).hasSize(1);
    return tasks.get(0);
  }

  /** Path, name, outcome, reason, and how many it holds; path 0 is the mail's own. */
  private static List<String> outcomes(MailRecord mail) {
    return mail.attachments().stream()
        .map(
            a -> {
              String id = a.attachmentId();
              String path = id.contains("~") ? id.substring(id.indexOf('~')) : "~0";
              return path
                  + " "
                  + a.name()
                  + " "
                  + a.outcome()
                  + " "
                  + a.reason()
                  + " "
                  + a.contained();
            })
        .sorted()
        .toList();
  }

  private static byte[] eml(String... parts) {
    StringBuilder eml = new StringBuilder("Subject: inner\r\n");
    String boundary = "b" + Arrays.hashCode(parts);
    eml.append("Content-Type: multipart/mixed; boundary=\"").append(boundary).append("\"\r\n\r\n");
    for (String part : parts) {
      eml.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
    }
    return eml.append("--").append(boundary).append("--\r\n").toString().getBytes(ISO_8859_1);
  }

  private static String part(String name, byte[] content) {
    return "Content-Disposition: attachment; filename="
        + name
        + "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(content);
  }

  private static String attached(byte[] eml) {
    return "Content-Type: message/rfc822\r\n\r\n" + new String(eml, ISO_8859_1);
  }

  private static byte[] cryptic(byte[] cms) {
    String head =
        "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    return (head + Base64.getMimeEncoder().encodeToString(cms)).getBytes(ISO_8859_1);
  }

  private static byte[] content(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    return content;
  }
}
