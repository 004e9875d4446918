package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.emailmonitor.model.AttachmentTask;
import io.emailmonitor.model.MalformedTaskException;
import io.emailmonitor.queue.Tasks;
import io.emailmonitor.testkit.TestAttempt;
import io.emailmonitor.worker.Outcome;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LogHandlerTest {
  private final Logger logger = (Logger) LoggerFactory.getLogger(LogHandler.class);
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeEach
  void listen() {
    log.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(log);
  }

  @AfterEach
  void stopListening() {
    logger.detachAppender(log);
    logger.setLevel(null);
    logger.setAdditive(true);
  }

  private static AttachmentTask task(String subject, String body) {
    return new AttachmentTask(
        "t",
        "message",
        subject,
        "John Doe",
        "john.doe@company.com",
        Instant.EPOCH,
        "attachment",
        "document.pdf",
        "application/pdf",
        0,
        Instant.EPOCH,
        body,
        AttachmentTask.Extras.NONE);
  }

  @Test
  void printsWhatTheExampleConsumerPrints() throws Exception {
    Outcome outcome =
        new LogHandler()
            .handle(TestAttempt.of(task("Offer", "Dear all,\n" + "x".repeat(200)), new byte[7]));

    assertThat(outcome).isEqualTo(Outcome.done());
    assertThat(log.list).singleElement().extracting(ILoggingEvent::getLevel).isEqualTo(Level.INFO);
    assertThat(log.list.get(0).getFormattedMessage().lines().toList())
        .isEqualTo(
            List.of(
                "Email from: John Doe (john.doe@company.com)",
                "Email subject: Offer",
                "Email content preview: Dear all, " + "x".repeat(90) + "...",
                "Processing: document.pdf",
                "MIME Type: application/pdf",
                "Size: 7 bytes"));
  }

  @Test
  void letsNoMailForgeALine() throws Exception {
    new LogHandler()
        .handle(
            TestAttempt.of(task("a\r\nERROR all is lost\u001b[2J\u2028\u202e", "😀"), new byte[0]));

    assertThat(log.list.get(0).getFormattedMessage().lines())
        .hasSize(6)
        .contains("Email subject: a ERROR all is lost [2J ")
        .contains("Email content preview: 😀...");
  }

  @Test
  void isNotDone_whenTheContentIsUnreadable() {
    String json = new String(Tasks.task("a").json(), UTF_8);
    byte[] broken = json.replaceFirst("(_b64\":\")....", "$1!!!!").getBytes(UTF_8);

    assertThatThrownBy(() -> new LogHandler().handle(TestAttempt.of(broken)))
        .isInstanceOf(MalformedTaskException.class);
    assertThat(log.list).isEmpty();
  }
}
