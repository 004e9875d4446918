package io.emailmonitor.monitor.graph;

import static com.google.common.util.concurrent.Uninterruptibles.awaitUninterruptibly;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mail;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RequestLimitsTest {
  private static final Mailbox ANNA = new Mailbox("anna@contoso.example");
  private static final Mailbox BEN = new Mailbox("ben@contoso.example");
  private static final Mail MAIL = new Mail("M1", null, "", "", "", Instant.EPOCH);
  private static final Attachment FILE =
      new Attachment("A1", Attachment.Kind.FILE, "a.pdf", null, 5, false);

  private final ScriptedServer server = new ScriptedServer();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
    server.close();
  }

  @Test
  void sendsAtMostFourRequestsToAMailboxAtATime() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch four = new CountDownLatch(RequestLimits.PER_MAILBOX);
    server.then(
        x -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          four.countDown();
          awaitUninterruptibly(four);
          now.decrementAndGet();
          ScriptedServer.send(x, 200, "application/json", "{\"value\":[]}");
        });
    GraphMailSource source = source(16);
    List<Future<List<Attachment>>> all = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      all.add(threads.submit(() -> source.attachments(ANNA, MAIL)));
    }
    for (Future<List<Attachment>> one : all) {
      assertThat(one.get(20, SECONDS)).isEmpty();
    }

    assertThat(most).hasValue(RequestLimits.PER_MAILBOX);
  }

  @Test
  void countsAnOpenStreamUntilItIsClosed() throws Exception {
    server.then(x -> ScriptedServer.send(x, 200, "application/pdf", "12345"));
    GraphMailSource source = source(16);
    List<InputStream> open = new ArrayList<>();
    for (int i = 0; i < RequestLimits.PER_MAILBOX; i++) {
      open.add(source.open(ANNA, MAIL, FILE));
    }

    source.open(BEN, MAIL, FILE).close();
    Thread.currentThread().interrupt();
    MailSourceException refused =
        catchThrowableOfType(
            MailSourceException.class, () -> source.open(ANNA, MAIL, FILE).close());
    assertThat(Thread.interrupted()).as("interrupt flag").isTrue();
    assertThat(refused.kind()).isEqualTo(Kind.UNAVAILABLE);

    for (InputStream stream : open) {
      stream.close();
      stream.close();
    }
    source.open(ANNA, MAIL, FILE).close();
  }

  @Test
  void keepsAllMailboxesTogetherBelowTheOverallLimit() throws IOException {
    server.then(x -> ScriptedServer.send(x, 200, "application/pdf", "12345"));
    GraphMailSource source = source(1);

    InputStream open = source.open(ANNA, MAIL, FILE);
    Thread.currentThread().interrupt();
    assertThat(
            catchThrowableOfType(
                MailSourceException.class, () -> source.open(BEN, MAIL, FILE).close()))
        .isNotNull();
    assertThat(Thread.interrupted()).isTrue();
    open.close();
    source.open(BEN, MAIL, FILE).close();
  }

  @Test
  void givesRoomBack_whenARequestFails() {
    server.thenError(503, "ServiceUnavailable");
    GraphMailSource source = source(1);

    for (int i = 0; i < 10; i++) {
      assertThat(
              catchThrowableOfType(
                      MailSourceException.class, () -> source.open(ANNA, MAIL, FILE).close())
                  .kind())
          .isEqualTo(Kind.UNAVAILABLE);
    }
    assertThat(server.seen).hasSize(10);
  }

  private GraphMailSource source(int maxRequests) {
    return new GraphMailSource(
        new GraphSettings(
            server.url(),
            "",
            new Credentials.StaticToken("token"),
            Duration.ofSeconds(10),
            50,
            maxRequests));
  }
}
