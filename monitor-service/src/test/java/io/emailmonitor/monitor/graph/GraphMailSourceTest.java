package io.emailmonitor.monitor.graph;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Discovery;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailPage;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.simulator.GraphSimulator;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The regular ways, against the simulator. */
class GraphMailSourceTest {
  private static final Mailbox ANNA = new Mailbox("anna@contoso.example");
  private static final MailFolder INBOX = new MailFolder("inbox", "inbox");

  private GraphSimulator simulator;
  private GraphMailSource source;

  @BeforeEach
  void start(@TempDir Path data) throws IOException {
    Files.createDirectories(data.resolve("anna@contoso.example/inbox"));
    Files.createDirectories(data.resolve("ben@contoso.example/inbox"));
    Files.createDirectories(data.resolve("zoe@partner.example/inbox"));
    Files.writeString(
        data.resolve("_groups.json"),
        """
        {"team@contoso.example": ["zoe@partner.example", "inner@contoso.example"],
         "inner@contoso.example": ["anna@contoso.example"]}
        """);
    simulator = GraphSimulator.builder().data(data).build().start();
    source = source(simulator.token());
  }

  @AfterEach
  void stop() {
    simulator.close();
  }

  @Test
  void readsAFolderPageByPage_thenOnlyWhatIsNew() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      ids.add(deliver("mail " + i));
    }

    MailPage first = source.changes(ANNA, INBOX, null);
    assertThat(first.mails()).hasSize(3);
    assertThat(first.more()).isTrue();
    List<Mail> mails = new ArrayList<>(first.mails());
    Cursor end = readToEnd(first.next(), mails);
    assertThat(mails).extracting(Mail::id).containsExactlyInAnyOrderElementsOf(ids);

    String late = deliver("late");
    List<Mail> news = new ArrayList<>();
    readToEnd(end, news);
    assertThat(news).extracting(Mail::id).containsExactly(late);
  }

  @Test
  void tellsWhoWroteWhatAndWhen() {
    simulator.deliver(ANNA.address(), "inbox", eml("The subject", ""));

    Mail mail = onlyMail();

    assertThat(mail.subject()).isEqualTo("The subject");
    assertThat(mail.senderName()).isEqualTo("Carl Sender");
    assertThat(mail.senderAddress()).isEqualTo("carl@partner.example");
    assertThat(mail.internetMessageId()).isEqualTo("<The-subject@partner.example>");
    assertThat(mail.receivedAt()).isNotNull();
  }

  @Test
  void namesWhatLeftTheFolder() {
    String moved = deliver("moved");
    String deleted = deliver("deleted");
    Cursor end = readToEnd(source.changes(ANNA, INBOX, null).next(), new ArrayList<>());
    simulator.move(ANNA.address(), moved, "archive");
    simulator.delete(ANNA.address(), deleted);

    assertThat(source.changes(ANNA, INBOX, end).removedIds())
        .containsExactlyInAnyOrder(moved, deleted);
    assertThat(source.changes(ANNA, new MailFolder("archive", "archive"), null).mails())
        .extracting(Mail::id)
        .containsExactly(moved);
  }

  @Test
  void saysThatTheCursorExpired() {
    deliver("a");
    Cursor end = readToEnd(source.changes(ANNA, INBOX, null).next(), new ArrayList<>());
    simulator.expireDeltaLinks(ANNA.address(), "inbox");

    assertFails(() -> source.changes(ANNA, INBOX, end), Kind.CURSOR_EXPIRED);
  }

  @Test
  void listsAndOpensFilesAndAttachedMessages() throws IOException {
    simulator.deliver(
        ANNA.address(),
        "inbox",
        eml("with attachments", part("a.pdf", "PDF bytes") + attachedMessage()));

    Mail mail = onlyMail();
    List<Attachment> attachments = source.attachments(ANNA, mail);

    assertThat(attachments)
        .extracting(Attachment::kind, Attachment::name)
        .containsExactly(
            tuple(Attachment.Kind.FILE, "a.pdf"), tuple(Attachment.Kind.ITEM, "An offer v1.0.eml"));
    assertThat(content(mail, attachments.get(0))).isEqualTo("PDF bytes");
    assertThat(content(mail, attachments.get(1))).contains("Subject: An offer v1.0");
    assertThat(attachments.get(0).contentType()).isEqualTo("application/pdf");
    assertThat(attachments.get(0).inline()).isFalse();
  }

  @Test
  void opensAnEmptyAttachment() throws IOException {
    simulator.deliver(ANNA.address(), "inbox", eml("empty", part("empty.txt", "")));
    Mail mail = onlyMail();

    assertThat(content(mail, source.attachments(ANNA, mail).get(0))).isEmpty();
  }

  @Test
  void readsTheBodyAsText() {
    String id = simulator.deliver(ANNA.address(), "inbox", eml("body", part("a.pdf", "x")));

    assertThat(source.bodyText(ANNA, id)).contains("Hello from Carl").doesNotContain("<b>");
  }

  @Test
  void saysThatAMessageIsGone() {
    String id = deliver("deleted");
    Mail mail = onlyMail();
    simulator.delete(ANNA.address(), id);

    assertFails(() -> source.attachments(ANNA, mail), Kind.GONE);
    assertFails(() -> source.bodyText(ANNA, id), Kind.GONE);
  }

  @Test
  void findsFoldersByNameAndPath() {
    simulator.deliver(ANNA.address(), "inbox/Invoices/2026", eml("deep", ""));

    assertThat(source.folder(ANNA, "Inbox")).isEqualTo(new MailFolder("inbox", "Inbox"));
    MailFolder deep = source.folder(ANNA, "Inbox/invoices/2026");
    assertThat(source.changes(ANNA, deep, null).mails())
        .extracting(Mail::subject)
        .containsExactly("deep");
    assertFails(() -> source.folder(ANNA, "Inbox/Nowhere"), Kind.FOLDER_GONE)
        .hasMessageContaining("'Inbox/Nowhere'")
        .hasMessageContaining("MAIL_FOLDERS");
  }

  @Test
  void saysThatThereIsNoSuchMailbox() {
    assertFails(
            () -> source.changes(new Mailbox("nobody@contoso.example"), INBOX, null),
            Kind.MAILBOX_UNUSABLE)
        .hasMessageNotContaining("nobody@");
  }

  @Test
  void findsTheMailboxesOfDomainsGroupsAndAddresses() {
    Discovery domain = source.discover(List.of("Contoso.example"));
    assertThat(domain.mailboxes()).containsExactly(ANNA, new Mailbox("ben@contoso.example"));

    Discovery mixed =
        source.discover(
            List.of("team@contoso.example", "ANNA@contoso.example", "x@other.example", " "));
    assertThat(mixed.mailboxes())
        .containsExactly(ANNA, new Mailbox("x@other.example"), new Mailbox("zoe@partner.example"));
    assertThat(mixed.problems()).isEmpty();

    assertThat(source.discover(List.of("nobody.example")).problems())
        .containsOnlyKeys("nobody.example");
  }

  @Test
  void checksTheToken() {
    source.check();

    GraphMailSource stranger = source("wrong");
    assertFails(stranger::check, Kind.UNAUTHENTICATED).hasMessageNotContaining("wrong");
  }

  private GraphMailSource source(String token) {
    return new GraphMailSource(
        new GraphSettings(
            simulator.baseUri().toString(),
            "",
            new Credentials.StaticToken(token),
            Duration.ofSeconds(10),
            3,
            16));
  }

  private Cursor readToEnd(Cursor from, List<Mail> mails) {
    Cursor next = from;
    boolean more = true;
    while (more) {
      MailPage page = source.changes(ANNA, INBOX, next);
      mails.addAll(page.mails());
      next = page.next();
      more = page.more();
    }
    return next;
  }

  private Mail onlyMail() {
    List<Mail> mails = source.changes(ANNA, INBOX, null).mails();
    assertThat(mails).hasSize(1);
    return mails.get(0);
  }

  private String content(Mail mail, Attachment attachment) throws IOException {
    try (InputStream content = source.open(ANNA, mail, attachment)) {
      return new String(content.readAllBytes(), UTF_8);
    }
  }

  private String deliver(String subject) {
    return simulator.deliver(ANNA.address(), "inbox", eml(subject, ""));
  }

  private static AbstractThrowableAssert<?, ?> assertFails(ThrowingCallable call, Kind kind) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            MailSourceException.class, e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private static byte[] eml(String subject, String parts) {
    return """
        From: Carl Sender <carl@partner.example>
        To: anna@contoso.example
        Subject: %s
        Message-ID: <%s@partner.example>
        Date: Mon, 19 Jan 2026 10:30:00 +0000
        MIME-Version: 1.0
        Content-Type: multipart/mixed; boundary=XX

        --XX
        Content-Type: text/html; charset=utf-8

        <p>Hello from <b>Carl</b></p>
        %s--XX--
        """
        .formatted(subject, subject.replace(' ', '-'), parts)
        .replace("\n", "\r\n")
        .getBytes(UTF_8);
  }

  private static String part(String name, String content) {
    return """
        --XX
        Content-Type: application/pdf; name="%s"
        Content-Disposition: attachment; filename="%s"

        %s
        """
        .formatted(name, name, content);
  }

  private static String attachedMessage() {
    return """
        --XX
        Content-Type: message/rfc822
        Content-Disposition: attachment

        From: dora@partner.example
        Subject: An offer v1.0
        Date: Mon, 19 Jan 2026 10:30:00 +0000
        Content-Type: text/plain

        The offer.
        """;
  }
}
