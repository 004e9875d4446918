package io.emailmonitor.monitor.intake;

import static java.util.function.Function.identity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.emailmonitor.model.DecodedTask;
import io.emailmonitor.model.TaskId;
import io.emailmonitor.monitor.content.Contained;
import io.emailmonitor.monitor.ledger.AttachmentRecord;
import io.emailmonitor.monitor.ledger.MailRecord;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Truth.AttachmentTruth;
import io.emailmonitor.simulator.Truth.FolderTruth;
import io.emailmonitor.simulator.Truth.MailboxTruth;
import io.emailmonitor.simulator.Truth.MessageTruth;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The whole way: the simulator's sample mail through the Graph SDK onto a real queue. */
class GraphIntakeTest {
  /** Several hundred real messages, where they are present. */
  private static final Path CORPUS =
      Path.of(System.getProperty("emailmonitor.corpus", "../../shared/corpus"), "eml");

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private GraphSimulator simulator;
  private Station station;

  @BeforeEach
  void openWithSamples() throws IOException {
    open(GraphSimulator.builder().samples().build());
  }

  private void open(GraphSimulator other) throws IOException {
    simulator = other.start();
    station = Station.before(simulator, 20, redis.open());
  }

  @AfterEach
  void close() {
    station.close();
    simulator.close();
  }

  @Test
  void givesEveryAttachmentOneOutcome_andQueuesTheRightBytesOnce() throws IOException {
    station.fileTypes = List.of(".pdf", ".docx", ".xlsx", ".csv");
    CycleReport report = station.cycle();
    assertThat(report.problems()).isEmpty();
    assertThat(report.mailboxes())
        .allMatch(m -> m.mailbox().startsWith("retired@") == (m.paused() != null));
    assertAgrees(station.takeAll());

    assertThat(station.cycle().sum().messages()).isZero();
  }

  @Test
  void takesEverything_whenAllTypesAreWanted() throws IOException {
    station.fileTypes = List.of("*");
    station.cycle();
    List<String> skipped =
        station.history().totals().skippedByReason().keySet().stream().sorted().toList();
    assertThat(skipped).isSubsetOf("inline", "reference-not-fetched", "too-large", "unpacked");
    assertAgrees(station.takeAll());
  }

  @Test
  void comesOutOnce_realMail_howeverOftenItIsKilled(@TempDir Path data) throws IOException {
    assumeTrue(Files.isDirectory(CORPUS), "no corpus at " + CORPUS);
    close();
    copy(CORPUS, Files.createDirectories(data.resolve("anna@contoso.example/inbox")));
    open(GraphSimulator.builder().data(data).build());
    station.fileTypes = List.of("*");
    List<DecodedTask> queued = new ArrayList<>();
    List<Crash.Step> steps = List.of(Crash.Step.values());
    for (int i = 0; i < 9; i++) {
      Crash crash = new Crash(steps.get(i % 3), i % 2 == 0, 1);
      station.aroundDelivery = crash::around;
      station.aroundJournal = crash::around;
      assertThatThrownBy(station::cycle).isInstanceOf(Throwable.class);
      station.restart();
      queued.addAll(station.takeAll());
    }
    station.cycle();
    queued.addAll(station.takeAll());
    assertAgrees(queued);
    assertThat(queued).hasSizeGreaterThan(100);
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.list(from)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".eml")).toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void logsNothingOfTheMail() {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    Logger logger = (Logger) LoggerFactory.getLogger("io.emailmonitor");
    logger.addAppender(log);
    try {
      station.delivery =
          tasks -> {
            throw new IllegalStateException(tasks.get(0).task().toString());
          };
      station.cycle();
    } finally {
      logger.detachAppender(log);
    }
    assertThat(log.list).isNotEmpty();
    String logged =
        log.list.stream()
            .map(event -> event.getFormattedMessage() + traceOf(event))
            .collect(Collectors.joining("\n"));
    simulator
        .truth()
        .messages()
        .forEach(
            message -> {
              assertAbsent(logged, message.subject());
              assertAbsent(logged, message.sender());
              message.attachments().forEach(attachment -> assertAbsent(logged, attachment.name()));
            });
    simulator.truth().mailboxes().forEach(mailbox -> assertAbsent(logged, mailbox.address()));
  }

  private static String traceOf(ILoggingEvent event) {
    List<String> messages = new ArrayList<>();
    for (var e = event.getThrowableProxy(); e != null; e = e.getCause()) {
      messages.add(String.valueOf(e.getMessage()));
    }
    return messages.toString();
  }

  /** Short words could stand in a log by chance. */
  private static void assertAbsent(String log, @Nullable String text) {
    if (text != null && text.length() > 6) {
      assertThat(log).doesNotContain(text);
    }
  }

  private void assertAgrees(List<DecodedTask> tasks) throws IOException {
    // Two tasks with the same id fail here.
    Map<String, DecodedTask> queued =
        tasks.stream().collect(Collectors.toMap(task -> task.task().taskId(), identity()));
    Map<String, String> enqueued = new HashMap<>();
    for (MailboxTruth mailbox : simulator.truth().mailboxes()) {
      for (FolderTruth folder : mailbox.folders()) {
        if (folder.path().equals("inbox")) {
          for (MessageTruth message : folder.messages()) {
            assertAgrees(mailbox.address(), message, enqueued);
          }
        }
      }
    }
    assertThat(enqueued).isNotEmpty();
    assertThat(queued.keySet()).isEqualTo(enqueued.keySet());
    for (DecodedTask task : queued.values()) {
      assertThat(task.task().extras().attachmentSha256())
          .isEqualTo(enqueued.get(task.task().taskId()));
      assertThat(task.contentLength()).isEqualTo(task.task().attachmentSize());
    }
    simulator
        .truth()
        .mailboxes()
        .forEach(m -> assertThat(simulator.maxInFlight(m.address())).isLessThanOrEqualTo(4));
  }

  private void assertAgrees(String mailbox, MessageTruth message, Map<String, String> enqueued) {
    MailRecord record = station.mail(message.id());
    assertThat(record.state()).isEqualTo(MailRecord.State.DONE);
    Map<String, AttachmentRecord> outcomes =
        record.attachments().stream()
            .collect(
                Collectors.toMap(
                    AttachmentRecord::attachmentId,
                    identity(),
                    (a, b) -> {
                      throw new AssertionError("two outcomes: " + a);
                    },
                    HashMap::new));
    for (AttachmentTruth attachment : message.attachments()) {
      String id = attachment.id();
      assertAgrees(outcomes.remove(id), attachment.size(), attachment.sha256());
      attachment
          .allWithin(false)
          .forEach(
              within ->
                  assertAgrees(
                      outcomes.remove(id + Contained.SEPARATOR + within.path()),
                      within.size(),
                      within.sha256()));
      if (attachment.within().isEmpty()) {
        // Of other people's files the simulator does not know what is in them.
        outcomes.keySet().removeIf(inner -> Contained.isWithin(inner, id));
      }
    }
    assertThat(outcomes).isEmpty();
    record.attachments().stream()
        .filter(outcome -> outcome.outcome() == Outcome.ENQUEUED)
        .forEach(
            outcome ->
                enqueued.put(
                    TaskId.of(mailbox, message.id(), outcome.attachmentId()),
                    String.valueOf(outcome.sha256())));
  }

  private static void assertAgrees(
      @Nullable AttachmentRecord recorded, int size, @Nullable String sha256) {
    AttachmentRecord outcome = Objects.requireNonNull(recorded, "no outcome");
    if (outcome.outcome() == Outcome.ENQUEUED) {
      assertThat(outcome.sha256()).isEqualTo(sha256);
      assertThat(outcome.size()).isEqualTo(size);
    } else {
      assertThat(outcome.outcome()).isEqualTo(Outcome.SKIPPED);
    }
  }
}
