package io.emailmonitor.monitor.graph;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.emailmonitor.monitor.graph.ScriptedServer.Seen;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailFolder;
import io.emailmonitor.monitor.mailbox.MailPage;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Odd answers, bad ones, and none. */
class GraphAnswersTest {
  private static final Mailbox ANNA = new Mailbox("anna@contoso.example");
  private static final MailFolder INBOX = new MailFolder("inbox", "inbox");
  private static final Mail MAIL = new Mail("M1", null, "", "", "", Instant.EPOCH);
  private static final Attachment FILE =
      new Attachment("A1", Attachment.Kind.FILE, "a.pdf", null, 5, false);
  private static final String WHOLE =
      "{\"id\":\"M1\",\"subject\":\"s\",\"receivedDateTime\":\"2026-01-19T10:30:00Z\"}";

  private final ScriptedServer server = new ScriptedServer();
  private final GraphMailSource source = new GraphMailSource(server.settings());

  @AfterEach
  void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "400, ErrorInvalidIdMalformed, REJECTED",
    "400, ErrorInvalidSyncStateData, CURSOR_EXPIRED",
    "401, InvalidAuthenticationToken, UNAUTHENTICATED",
    "403, ErrorAccessDenied, MAILBOX_FORBIDDEN",
    "404, MailboxNotEnabledForRESTAPI, MAILBOX_UNUSABLE",
    "404, ErrorInvalidUser, MAILBOX_UNUSABLE",
    "404, ResourceNotFound, MAILBOX_UNUSABLE",
    "404, Request_ResourceNotFound, MAILBOX_UNUSABLE",
    "404, ErrorSyncFolderNotFound, FOLDER_GONE",
    "404, ErrorItemNotFound, FOLDER_GONE",
    "405, NotAllowed, REJECTED",
    "410, SyncStateNotFound, CURSOR_EXPIRED",
    "410, resyncRequired, CURSOR_EXPIRED",
    "404, syncStateInvalid, CURSOR_EXPIRED",
    "410, SomethingNew, CURSOR_EXPIRED",
    "429, ApplicationThrottled, THROTTLED",
    "500, ErrorInternalServerError, UNAVAILABLE",
    "503, MailboxInfoStale, UNAVAILABLE",
    "504, UnknownError, UNAVAILABLE",
    "509, BandwidthLimit, THROTTLED"
  })
  void tellsARefusedFolderByStatusAndCode(int status, String code, Kind kind) {
    server.thenError(status, code, "request-id", "r-1");

    assertThat(failure(this::changes))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind))
        .hasMessageContaining(String.valueOf(status))
        .hasMessageContaining(code)
        .hasMessageContaining("request-id r-1")
        .hasMessageNotContaining("bob@")
        .hasNoCause();
    assertThat(server.seen).as("requests, without a retry of the SDK").hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({
    "400, ErrorInvalidIdMalformed, REJECTED",
    "403, ErrorAccessDenied, FORBIDDEN",
    "404, ErrorItemNotFound, GONE",
    "404, errorItemNotFound, GONE",
    "404, MailboxNotEnabledForRESTAPI, MAILBOX_UNUSABLE",
    "405, MethodNotAllowed, REJECTED",
    "408, Timeout, UNAVAILABLE",
    "410, ErrorItemNotFound, GONE",
    "500, ErrorCannotOpenFileAttachment, REJECTED",
    "501, NotImplemented, REJECTED",
    "503, ServiceUnavailable, UNAVAILABLE"
  })
  void tellsARefusedAttachmentByStatusAndCode(int status, String code, Kind kind) {
    server.thenError(status, code);

    assertThat(failure(() -> source.open(ANNA, MAIL, FILE)).kind()).isEqualTo(kind);
  }

  @Test
  void startsAgain_whenTheTokenIsBadlyFormed() {
    server.thenJson(
        400, "{\"error\":{\"code\":\"BadRequest\",\"message\":\"Badly formed token.\"}}");

    assertThat(failure(this::changes).kind()).isEqualTo(Kind.CURSOR_EXPIRED);
  }

  @ParameterizedTest
  @CsvSource({
    "502, UNAVAILABLE",
    "503, UNAVAILABLE",
    "403, UNAVAILABLE",
    "404, UNAVAILABLE",
    "405, REJECTED",
    "401, UNAUTHENTICATED",
    "429, THROTTLED"
  })
  void keepsTheStatusOfAGatewaysPage(int status, Kind kind) {
    server.then(
        x -> ScriptedServer.send(x, status, "text/html", "<html>sorry</html>", "Retry-After", "7"));

    MailSourceException failure = failure(() -> source.attachments(ANNA, MAIL));

    assertThat(failure.kind()).isEqualTo(kind);
    assertThat(failure.retryAfter()).contains(Duration.ofSeconds(7));
    assertThat(failure).hasMessageContaining("status " + status);
  }

  @Test
  void keepsTheStatusOfACutOrEmptyErrorBody() {
    server
        .then(x -> ScriptedServer.send(x, 503, "application/json", "{\"error\":{\"co"))
        .then(x -> x.sendResponseHeaders(504, -1));

    assertThat(failure(this::changes)).hasMessageContaining("status 503");
    assertThat(failure(this::changes)).hasMessageContaining("status 504");
  }

  @Test
  void passesOnHowLongToWait_atOnce() {
    server.thenError(429, "ApplicationThrottled", "Retry-After", "600");

    assertThat(failure(this::changes).retryAfter()).contains(Duration.ofMinutes(10));
  }

  @ParameterizedTest
  @CsvSource({"9223372036854775807", "'Fri, 31 Dec 9999 23:59:59 GMT'"})
  void waitsADayAtMost_whateverItIsTold(String retryAfter) {
    server.thenError(429, "ApplicationThrottled", "Retry-After", retryAfter);

    assertThat(failure(this::changes).retryAfter()).contains(Duration.ofDays(1));
  }

  @Test
  void passesOnHowLongToWait_whenItIsADate() {
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(
            Instant.now().plusSeconds(100).atOffset(ZoneOffset.UTC));
    server.thenError(503, "ServiceUnavailable", "Retry-After", date);

    assertThat(failure(this::changes).retryAfter().orElseThrow())
        .isBetween(Duration.ofSeconds(90), Duration.ofSeconds(100));
  }

  @Test
  void failsForNow_whenTheAnswerIsCut() {
    server.then(cut("application/json", "{\"value\":[{\"id\":\"M1\"", 1000));

    assertThat(failure(this::changes).kind()).isEqualTo(Kind.UNAVAILABLE);
  }

  @Test
  void failsForNow_whenTheAnswerIsNoGraphAnswer() {
    server
        .then(x -> ScriptedServer.send(x, 200, "text/html", "<html>please log in</html>"))
        .thenJson(200, "{\"value\":[" + WHOLE + "]}")
        .then(x -> x.sendResponseHeaders(204, -1));

    for (int i = 0; i < 3; i++) {
      assertThat(failure(this::changes).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void failsForNow_whenTheAnswerHoldsNothing() {
    List<HttpHandler> answers =
        List.of(
            x -> ScriptedServer.send(x, 200, "application/json", "{}"),
            x -> ScriptedServer.send(x, 200, "application/json", ""),
            x -> x.sendResponseHeaders(200, 0));
    for (HttpHandler answer : answers) {
      server.then(answer).then(answer).then(answer);
    }

    for (int i = 0; i < answers.size(); i++) {
      assertThat(failure(() -> source.attachments(ANNA, MAIL)).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(() -> source.bodyText(ANNA, "M1")).kind()).isEqualTo(Kind.UNAVAILABLE);
      assertThat(failure(this::changes).kind()).isEqualTo(Kind.UNAVAILABLE);
    }
  }

  @Test
  void failsForNow_whenAPageOfChangesHoldsALinkAndNoList() {
    server
        .thenJson(200, "{\"@odata.nextLink\":\"%s/v1.0/x\"}".formatted(server.url()))
        .thenJson(200, "{\"@odata.deltaLink\":\"%s/d\",\"value\":null}".formatted(server.url()));

    for (int i = 0; i < 2; i++) {
      assertThat(failure(this::changes))
          .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
          .hasMessageContaining("no list");
    }
  }

  @Test
  void failsForNow_whenNobodyListens() {
    server.close();

    assertThat(failure(this::changes))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("no connection");
  }

  @Test
  void failsForNow_whenNoAnswerComes() {
    GraphSettings quick =
        new GraphSettings(
            server.url() + "/v1.0",
            "",
            new Credentials.StaticToken("token"),
            Duration.ofMillis(200),
            50,
            16);
    CountDownLatch over = new CountDownLatch(1);
    server.then(x -> awaitUninterruptibly(over));

    assertThat(failure(() -> new GraphMailSource(quick).bodyText(ANNA, "M1")).kind())
        .isEqualTo(Kind.UNAVAILABLE);
    over.countDown();
  }

  @Test
  void failsTheStream_whenItTrickles() throws IOException {
    GraphSettings quick =
        new GraphSettings(
            server.url() + "/v1.0",
            "",
            new Credentials.StaticToken("token"),
            Duration.ofMillis(200),
            50,
            16);
    server.then(GraphAnswersTest::trickle);

    try (InputStream content = new GraphMailSource(quick).open(ANNA, MAIL, FILE)) {
      assertThatThrownBy(content::readAllBytes).hasMessageContaining("trickles");
    }
  }

  /** A byte every few milliseconds, until nobody reads any more. */
  private static void trickle(HttpExchange exchange) throws IOException {
    exchange.sendResponseHeaders(200, 0);
    while (true) {
      exchange.getResponseBody().write('x');
      exchange.getResponseBody().flush();
      LockSupport.parkNanos(10_000_000);
    }
  }

  @Test
  void failsTheStream_whenItEndsBeforeItsAnnouncedLength() throws IOException {
    server.then(cut("application/pdf", "12345", 50_000));

    try (InputStream content = source.open(ANNA, MAIL, FILE)) {
      assertThat(content.read()).isEqualTo('1');
      assertThatThrownBy(content::readAllBytes).isInstanceOf(IOException.class);
    }
  }

  @Test
  void opensContentWithoutReadingIt_whateverTheIdHolds() throws IOException {
    server.then(x -> ScriptedServer.send(x, 200, "application/pdf", "12345"));
    Mail mail = new Mail("AAMk/b+c=", null, "", "", "", Instant.EPOCH);
    Attachment attachment = new Attachment("x/y+z==", Attachment.Kind.FILE, "", null, 5, false);

    try (InputStream content = source.open(ANNA, mail, attachment)) {
      assertThat(new String(content.readAllBytes(), UTF_8)).isEqualTo("12345");
    }
    assertThat(server.seen.get(0).uri())
        .isEqualTo(
            "/v1.0/users/anna%40contoso.example/messages/AAMk%2Fb%2Bc%3D/attachments/x%2Fy%2Bz%3D%3D/$value");
    assertThat(prefer(0)).contains("IdType=\"ImmutableId\"");
  }

  @Test
  void followsLinksAsTheyAre_withEveryPreferenceRepeated() {
    String next = "/v1.0/users('u%27')/mailFolders('f')/messages/delta?$skiptoken=a-_.b%2Bc=";
    server
        .thenJson(200, "{\"@odata.nextLink\":\"%s\",\"value\":[]}".formatted(server.url() + next))
        .thenJson(
            200, "{\"@odata.deltaLink\":\"%s/d\",\"value\":[%s]}".formatted(server.url(), WHOLE));

    MailPage empty = source.changes(ANNA, INBOX, null);
    MailPage last = source.changes(ANNA, INBOX, empty.next());

    assertThat(empty.mails()).isEmpty();
    assertThat(empty.more()).isTrue();
    assertThat(last.mails()).extracting(Mail::id).containsExactly("M1");
    assertThat(last.more()).isFalse();
    assertThat(last.next()).isEqualTo(new Cursor(server.url() + "/d"));
    assertThat(server.seen.get(0).uri())
        .contains("messages/delta", "select=id,", "internetMessageId")
        .doesNotContain("top");
    assertThat(server.seen.get(1).uri()).isEqualTo(next);
    for (int request = 0; request < 2; request++) {
      assertThat(prefer(request)).contains("odata.maxpagesize=50", "IdType=\"ImmutableId\"");
    }
  }

  @Test
  void asksNotForWhatAnEntryLeavesOut() {
    server.thenJson(
        200,
        """
        {"@odata.deltaLink":"%s/d","value":[
          {"id":"M2","isRead":true}, %s, {"id":"M3","@removed":{"reason":"deleted"}}]}
        """
            .formatted(server.url(), WHOLE));

    MailPage page = source.changes(ANNA, INBOX, null);

    assertThat(page.mails()).extracting(Mail::id).containsExactly("M2", "M1");
    assertThat(page.mails()).extracting(Mail::isIdOnly).containsExactly(true, false);
    assertThat(page.removedIds()).containsExactly("M3");
    assertThat(server.seen).hasSize(1);
  }

  @Test
  void looksAMessageUp() {
    server.thenJson(200, WHOLE);

    assertThat(source.mail(ANNA, "M1").subject()).isEqualTo("s");
    assertThat(server.seen.get(0).uri()).contains("/messages/M1?").contains("select=id,subject");
    assertThat(prefer(0)).contains("IdType=\"ImmutableId\"");
  }

  @Test
  void followsLinks_whenTheServerCallsItselfLocalhost() {
    String local = server.url().replace("127.0.0.1", "localhost");
    server.thenJson(200, "{\"@odata.deltaLink\":\"%s/d\",\"value\":[]}".formatted(local));

    MailPage page = source.changes(ANNA, INBOX, null);
    source.changes(ANNA, INBOX, page.next());

    assertThat(page.next()).isEqualTo(new Cursor(local + "/d"));
    assertThat(server.seen.get(1).uri()).isEqualTo("/d");
  }

  @Test
  void failsForNow_whenPagesLeadInACircle() {
    server.thenJson(
        200, "{\"@odata.nextLink\":\"%s/v1.0/x\",\"value\":[]}".formatted(server.url()));

    assertThat(failure(() -> source.attachments(ANNA, MAIL)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE))
        .hasMessageContaining("circle");
  }

  @Test
  void sendsNoTokenToAForeignHost() {
    server
        .thenJson(200, "{\"@odata.nextLink\":\"https://evil.example/v1.0/x\",\"value\":[]}")
        .thenJson(200, "{\"@odata.nextLink\":\"https://evil.example/v1.0/x\",\"value\":[]}");

    assertThat(failure(this::changes))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(Kind.REJECTED))
        .hasMessageContaining("https://evil.example:443")
        .hasMessageContaining("GRAPH_BASE_URL");
    assertThat(failure(() -> source.attachments(ANNA, MAIL)).kind()).isEqualTo(Kind.REJECTED);
  }

  @Test
  void startsAgain_whenTheCursorWasMadeUnderAnotherAddress() {
    Cursor other = new Cursor("https://graph.microsoft.com/v1.0/x?$deltatoken=1");

    assertThat(failure(() -> source.changes(ANNA, INBOX, other)).kind())
        .isEqualTo(Kind.CURSOR_EXPIRED);
    assertThat(server.seen).isEmpty();
  }

  @Test
  void listsAttachmentsOfEveryPageAndType() {
    server
        .thenJson(
            200,
            """
            {"@odata.nextLink":"%s/v1.0/more","value":[
              {"@odata.type":"#microsoft.graph.fileAttachment","id":"1","name":"a.pdf","size":9},
              {"@odata.type":"#microsoft.graph.itemAttachment","id":"2","name":null},
              {"@odata.type":"#microsoft.graph.itemAttachment","id":"3","name":"x.MSG"}]}
            """
                .formatted(server.url()))
        .thenJson(
            200,
            """
            {"value":[
              {"@odata.type":"#microsoft.graph.referenceAttachment","id":"4","name":"Shared.xlsx"},
              {"@odata.type":"#microsoft.graph.newAttachment","id":"5","name":"b","isInline":true},
              {"id":"6","name":"c","contentType":"text/plain"}]}
            """);

    assertThat(source.attachments(ANNA, MAIL))
        .containsExactly(
            new Attachment("1", Attachment.Kind.FILE, "a.pdf", null, 9, false),
            new Attachment("2", Attachment.Kind.ITEM, "message.eml", null, 0, false),
            new Attachment("3", Attachment.Kind.ITEM, "x.MSG", null, 0, false),
            new Attachment("4", Attachment.Kind.REFERENCE, "Shared.xlsx", null, 0, false),
            new Attachment("5", Attachment.Kind.FILE, "b", null, 0, true),
            new Attachment("6", Attachment.Kind.FILE, "c", "text/plain", 0, false));
    assertThat(server.seen.get(0).uri())
        .contains("select=id,name,contentType,size,isInline,lastModifiedDateTime");
    assertThat(prefer(1)).contains("IdType=\"ImmutableId\"");
  }

  @Test
  void givesNoText_whenThereIsNoBody() {
    server.thenJson(200, "{\"id\":\"M1\"}").thenJson(200, "{\"body\":{\"content\":null}}");

    assertThat(source.bodyText(ANNA, "M1")).isEmpty();
    assertThat(source.bodyText(ANNA, "M1")).isEmpty();
    assertThat(prefer(0)).contains("outlook.body-content-type=\"text\"");
  }

  @Test
  void isContent_whenOnlyTheDirectoryIsClosed() {
    server.thenError(403, "Authorization_RequestDenied");

    source.check();

    assertThat(server.seen).hasSize(1);
  }

  @Test
  void saysThatThisIsNotGraph_whenCheckedAtAWrongAddress() {
    server.then(x -> ScriptedServer.send(x, 404, "text/html", "<html>not found</html>"));

    assertThat(failure(source::check)).hasMessageContaining("GRAPH_BASE_URL");
  }

  private static HttpHandler cut(String type, String content, int announced) {
    return x -> {
      x.getResponseHeaders().set("Content-Type", type);
      x.sendResponseHeaders(200, announced);
      x.getResponseBody().write(content.getBytes(UTF_8));
      x.getResponseBody().flush();
    };
  }

  private void changes() {
    source.changes(ANNA, INBOX, null);
  }

  private String prefer(int request) {
    Seen seen = server.seen.get(request);
    return String.join(", ", seen.headers().getOrDefault("Prefer", List.of()));
  }

  private static MailSourceException failure(ThrowingCallable call) {
    return catchThrowableOfType(MailSourceException.class, call);
  }
}
