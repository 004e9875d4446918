package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import io.emailmonitor.simulator.http.Transmission.Framing;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What Graph is known to do to those who read mail: once, and what becomes of the mail. */
class GraphTroubleTest {
  private static final String ANNA = "anna@contoso.example";

  /** A whole number of base64 triples, and of the chunks that are sent. */
  private static final int SIZE = 3 * 16 * 1024;

  private static final String HTML = "<html><h1>Bad Gateway</h1></html>";

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private final MutableClock graphClock = new MutableClock();
  private GraphSimulator graph;
  private Station station;
  private String mail;

  @BeforeEach
  void open() throws IOException {
    graph = GraphSimulator.builder().clock(graphClock).build().start();
    mail = graph.deliver(ANNA, "inbox", mailWithPdf());
    station = Station.before(graph, 20, redis.open());
  }

  @AfterEach
  void close() {
    station.close();
    graph.close();
  }

  private static byte[] mailWithPdf() {
    byte[] content = new byte[SIZE];
    new Random(1).nextBytes(content);
    String eml =
        """
        Subject: an invoice
        From: ann@partner.example
        Content-Type: application/pdf
        Content-Transfer-Encoding: base64
        Content-Disposition: attachment; filename="invoice.pdf"

        """;
    return (eml + Base64.getMimeEncoder().encodeToString(content)).getBytes(ISO_8859_1);
  }

  private void advance(Duration time) {
    graphClock.advance(time);
    station.clock.advance(time);
  }

  private void assertTakenOnce() {
    AttachmentTruth truth = graph.truth().messages().findFirst().orElseThrow().attachments().get(0);
    assertThat(station.takeAll())
        .singleElement()
        .extracting(task -> task.task().extras().attachmentSha256(), DecodedTask::contentLength)
        .containsExactly(truth.sha256(), SIZE);
    assertThat(station.mail(mail).state()).isEqualTo(MailRecord.State.DONE);
  }

  static Stream<Effect> brokenContent() {
    return Stream.of(
        new Effect.Cut(0, Framing.CHUNKED, false),
        new Effect.Cut(3, Framing.CHUNKED, false),
        new Effect.Cut(8192, Framing.LENGTH, false),
        new Effect.Cut(16384, Framing.CHUNKED, false),
        new Effect.Cut(16384, Framing.CHUNKED, true),
        new Effect.Cut(SIZE - 3, Framing.LENGTH, false),
        new Effect.Cut(SIZE, Framing.CHUNKED, false),
        new Effect.Cut(8192, Framing.CLOSE, false),
        new Effect.WrongLength(1),
        new Effect.Answer(502, Map.of(), HTML),
        new Effect.Answer(404, Map.of(), HTML),
        Effect.GraphError.of("ErrorMailboxMoveInProgress"));
  }

  @ParameterizedTest
  @MethodSource("brokenContent")
  void handsOnTheWholeContent_whenItBreaksAnywhereAtFirst(Effect effect) {
    graph.faults().add(Fault.times(1, Match.path("**/$value"), effect));
    station.cycle();
    assertThat(station.takeAll()).isEmpty();
    assertThat(station.mail(mail).state()).isEqualTo(MailRecord.State.RETRYING);

    advance(Duration.ofMinutes(1));
    station.cycle();
    assertTakenOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"**/messages/delta", "**/attachments", "/users/*/messages/*"})
  void losesNothing_whenAGatewayAnswers(String path) {
    for (int status : new int[] {200, 404, 502}) {
      for (String body : List.of("", HTML)) {
        Effect answer = new Effect.Answer(status, Map.of(), body);
        graph.faults().add(Fault.times(1, Match.path(path), answer));
        station.cycle();
        advance(Duration.ofHours(8));
      }
    }
    assertThat(graph.faults().active()).hasSize(6).allMatch(fault -> fault.befallen() == 1);
    assertThat(station.takeAll()).isEmpty();

    station.cycle();
    assertTakenOnce();
  }

  @ParameterizedTest
  @ValueSource(strings = {"**/messages/delta", "**/attachments", "**/$value"})
  void waitsOutWhatGraphAsksFor_toTheSecond(String path) {
    Duration wait = Duration.ofHours(2);
    Effect throttle = new Effect.Throttle(wait, Effect.Throttle.RetryAfter.SECONDS);
    graph.faults().add(Fault.times(1, Match.path(path), throttle));
    station.cycle();
    long requests = graph.requests(ANNA);

    advance(wait.minusSeconds(1));
    station.turn(true);
    assertThat(graph.requests(ANNA)).isEqualTo(requests);

    advance(Duration.ofSeconds(1));
    station.cycle();
    assertTakenOnce();
  }

  @Test
  void goesOnWhereItWas_whenAMailboxVanishesAndComesBack() {
    station.cycle();
    assertTakenOnce();
    Effect vanished = Effect.GraphError.of("MailboxNotEnabledForRESTAPI");
    graph.faults().add(Fault.always(Match.ALL.mailbox(ANNA), vanished));
    station.cycle();
    assertThat(station.history().mailboxes().get(0).parkedReason()).contains("no mailbox");
    String late = graph.deliver(ANNA, "inbox", mailWithPdf());

    graph.faults().clear();
    advance(Duration.ofDays(1));
    station.cycle();
    assertThat(station.history().mailboxes().get(0).parkedReason()).isNull();
    assertThat(station.takeAll())
        .singleElement()
        .extracting(task -> task.task().emailId())
        .isEqualTo(late);
  }
}
