package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.filter.Patterns;
import io.emailmonitor.monitor.ledger.FollowUpRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Truth.FolderTruth;
import io.emailmonitor.simulator.Truth.MessageTruth;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is done with messages in their mailboxes after their attachments are taken. */
class FollowUpTest {
  private static final String ANNA = "anna@contoso.example";
  private static final FollowUp ALL = new FollowUp(true, "Taken", "inbox/Done");

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private final MutableClock clock = new MutableClock();
  private GraphSimulator graph;
  private Station station;
  private String mail;

  @BeforeEach
  void open() throws IOException {
    graph = GraphSimulator.builder().clock(clock).build().start();
    graph.deliver(ANNA, "inbox/Done", PoisonTest.eml("before"));
    mail = graph.deliver(ANNA, "inbox", PoisonTest.eml("one"));
    station = Station.before(graph, 20, redis.open());
    station.fileTypes = List.of(".csv");
    station.followUp = ALL;
  }

  @AfterEach
  void close() {
    station.close();
    graph.close();
  }

  @Test
  void leavesMailboxesAsTheyAre_unlessAsked() {
    station.followUp = FollowUp.NONE;
    station.cycle();
    assertThat(message().history()).hasSize(1);
    assertThat(station.followUps().of(station.mail(mail))).isEmpty();
  }

  @Test
  void marksAndMoves_onceAllIsTaken_andTakesNothingTwice() {
    station.cycle();
    assertThat(folder()).isEqualTo("inbox/Done");
    assertThat(state()).containsExactly("true", "[\"Taken\"]");
    assertThat(followUp().state()).isEqualTo(FollowUpRecord.State.DONE);
    assertThat(events()).containsExactly("arrived", "changed", "moved");

    station.cycle();
    station.clock.advance(Duration.ofSeconds(1));
    station.sweeps().demand(null);
    station.turn(true);
    assertThat(station.takeAll()).hasSize(1);
    assertThat(station.counted("reconciled.missing")).isZero();
    assertThat(station.counted("followUps.done")).isEqualTo(1);
    assertThat(events()).hasSize(3);
  }

  @Test
  void takesNothingTwice_whenTheTargetIsReadToo() {
    station.folders = List.of("inbox/**");
    station.cycle();
    station.cycle();
    station.clock.advance(Duration.ofSeconds(1));
    station.sweeps().demand(null);
    station.turn(true);
    assertThat(station.takeAll()).hasSize(2);
    assertThat(folder()).isEqualTo("inbox/Done");
    assertThat(station.counted("reconciled.missing") + station.counted("reconciled.late")).isZero();
  }

  @Test
  void leavesWhatBringsNothing_andWhatFailed() {
    station.patterns =
        new PatternRules(
            new Patterns(List.of(), List.of("skip*")), Patterns.ALL, Patterns.ALL, Patterns.ALL, 0);
    String skipped = graph.deliver(ANNA, "inbox", PoisonTest.eml("skip"));
    String bad = graph.deliver(ANNA, "inbox", PoisonTest.eml("bad"));
    graph
        .faults()
        .add(
            Fault.always(
                Match.path("**/$value").message(bad),
                Effect.GraphError.of("ErrorCannotOpenFileAttachment")));
    station.cycle();
    assertThat(station.followUps().of(station.mail(bad))).isEmpty();
    assertThat(List.of(folder(bad), folder(skipped))).containsOnly("inbox");
    assertThat(folder(mail)).isEqualTo("inbox/Done");
  }

  /** Ends the process before, or after, any of the requests: what is done is not done again. */
  @ParameterizedTest
  @CsvSource({"PATCH, false", "PATCH, true", "POST, false", "POST, true"})
  void goesOn_whereACrashHasEndedIt(String method, boolean done) {
    Effect crash = done ? new Effect.Reset() : Effect.GraphError.of("ServiceUnavailable");
    graph.faults().add(Fault.times(1, new Match(method, null, null, null), crash));
    station.cycle();
    station.restart();
    clock.advance(Duration.ofHours(1));
    station.clock.advance(Duration.ofHours(1));
    station.cycle();
    assertThat(folder()).isEqualTo("inbox/Done");
    assertThat(state()).containsExactly("true", "[\"Taken\"]");
    assertThat(events()).containsExactly("arrived", "changed", "moved");
    assertThat(followUp().state()).isEqualTo(FollowUpRecord.State.DONE);
    assertThat(station.takeAll()).hasSize(1);
  }

  @Test
  void leavesWhereItIs_whatSomebodyElseHasMoved() {
    graph
        .faults()
        .add(Fault.times(1, Match.path("**/move"), Effect.GraphError.of("ServiceUnavailable")));
    station.cycle();
    graph.move(ANNA, mail, "deleteditems");
    station.clock.advance(Duration.ofHours(1));
    station.cycle();
    assertThat(folder()).isEqualTo("deleteditems");
    assertThat(followUp().state()).isEqualTo(FollowUpRecord.State.DONE);
  }

  @Test
  void saysWhichPermissionIsMissing_asksSeldom_andGoesOnOnceItIsThere() {
    String second = graph.deliver(ANNA, "inbox", PoisonTest.eml("two"));
    String fault =
        graph
            .faults()
            .add(
                Fault.always(
                    new Match("PATCH", null, null, null),
                    Effect.GraphError.of("ErrorAccessDenied")));
    long before = graph.requests(ANNA);
    station.cycle();
    assertThat(problem()).contains("Mail.ReadWrite").contains("messages stay as they are");
    assertThat(station.takeAll()).hasSize(2);
    assertThat(graph.requests(ANNA) - before).isLessThan(20);
    station.cycle();
    long after = graph.requests(ANNA);
    station.cycle();
    assertThat(problem()).contains("Mail.ReadWrite");
    assertThat(graph.requests(ANNA) - after).isEqualTo(1);
    for (int i = 0; i < 30; i++) {
      station.clock.advance(Duration.ofHours(2));
      station.cycle();
    }
    assertThat(followUp().state()).isEqualTo(FollowUpRecord.State.WAITING);
    assertThat(station.mail(mail).state()).isEqualTo(MailRecord.State.DONE);

    graph.faults().remove(fault);
    station.clock.advance(Duration.ofHours(2));
    station.cycle();
    assertThat(List.of(folder(mail), folder(second))).containsOnly("inbox/Done");
    assertThat(problem()).isNull();
    assertThat(station.takeAll()).isEmpty();
  }

  @Test
  void triesAgainOnASchedule_andRecordsWhatItGivesUp() {
    graph
        .faults()
        .add(Fault.always(Match.path("**/move"), Effect.GraphError.of("ErrorInternalServerError")));
    for (int i = 0; i < 9; i++) {
      station.cycle();
      station.clock.advance(Duration.ofHours(9));
    }
    assertThat(followUp().state()).isEqualTo(FollowUpRecord.State.FAILED);
    assertThat(followUp().problem()).contains("Moving a message failed");
    assertThat(station.counted("followUps.failed")).isEqualTo(1);
    assertThat(station.counted("followUps.waiting")).isEqualTo(7);
    assertThat(state()).containsExactly("true", "[\"Taken\"]");
    assertThat(folder()).isEqualTo("inbox");
    assertThat(station.takeAll()).hasSize(1);
  }

  @Test
  void waitsForTheFolder_whenItIsNotThere() {
    station.followUp = new FollowUp(false, null, "Processed");
    station.cycle();
    assertThat(problem()).contains("The mailbox has no folder 'Processed'");
    assertThat(folder()).isEqualTo("inbox");

    graph.deliver(ANNA, "Processed", PoisonTest.eml("two"));
    station.clock.advance(Duration.ofHours(1));
    station.cycle();
    assertThat(folder()).isEqualTo("Processed");
  }

  @Test
  void waits_whenTheFolderIsDeletedMeanwhile() {
    graph
        .faults()
        .add(Fault.times(1, Match.path("**/move"), Effect.GraphError.of("ErrorItemNotFound")));
    station.cycle();
    assertThat(followUp().state()).isEqualTo(FollowUpRecord.State.WAITING);
    assertThat(followUp().attempts()).isZero();
    station.clock.advance(Duration.ofHours(1));
    station.cycle();
    assertThat(folder()).isEqualTo("inbox/Done");
  }

  @Test
  void recordsTheEnd_ofWhatIsDeletedMeanwhile() {
    graph
        .faults()
        .add(Fault.times(1, Match.path("**/move"), Effect.GraphError.of("ServiceUnavailable")));
    station.cycle();
    graph.delete(ANNA, mail);
    station.clock.advance(Duration.ofHours(1));
    station.cycle();
    assertThat(followUp().state()).isEqualTo(FollowUpRecord.State.FAILED);
    assertThat(followUp().problem()).contains("it is not there any more");
    assertThat(station.mail(mail).state()).isEqualTo(MailRecord.State.DONE);
  }

  @Test
  void keepsTheCategoriesThatAreThere() throws Exception {
    patch("{\"categories\": [\"Blue\", \"taken\"]}");
    station.cycle();
    assertThat(state()).containsExactly("true", "[\"Blue\",\"taken\"]");
  }

  private FollowUpRecord followUp() {
    return station.followUps().of(station.mail(mail)).orElseThrow();
  }

  private @Nullable String problem() {
    return station.history().mailboxes().get(0).problem();
  }

  private MessageTruth message() {
    return graph.truth().messages().filter(m -> m.id().equals(mail)).findFirst().orElseThrow();
  }

  private List<String> events() {
    return message().history().stream().map(event -> event.kind()).toList();
  }

  private String folder() {
    return folder(mail);
  }

  private String folder(String id) {
    Map<String, String> folders =
        graph.truth().mailboxes().get(0).folders().stream()
            .flatMap(f -> f.messages().stream().map(m -> Map.entry(m.id(), f)))
            .collect(Collectors.toMap(Map.Entry::getKey, e -> path(e.getValue())));
    return String.valueOf(folders.get(id));
  }

  private static String path(FolderTruth folder) {
    return folder.path();
  }

  /** Whether it is read, and its categories. */
  private List<String> state() {
    try {
      JsonNode message = new ObjectMapper().readTree(send(request().GET().build()));
      return List.of(message.path("isRead").asText(), message.path("categories").toString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void patch(String body) throws IOException, InterruptedException {
    send(request().method("PATCH", HttpRequest.BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request() {
    return HttpRequest.newBuilder(
            URI.create(graph.baseUri() + "/users/" + ANNA + "/messages/" + mail))
        .header("Authorization", "Bearer " + graph.token());
  }

  private static String send(HttpRequest request) throws IOException, InterruptedException {
    return HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
  }
}
