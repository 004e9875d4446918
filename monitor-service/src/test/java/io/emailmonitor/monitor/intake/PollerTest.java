package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.monitor.delivery.Receipt;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.filter.FilterSettings;
import io.emailmonitor.monitor.filter.InlinePolicy;
import io.emailmonitor.monitor.ledger.Ledger;
import io.emailmonitor.monitor.ledger.Outcome;
import io.emailmonitor.monitor.mailbox.FollowUp;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.Polling;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The loop and its end. */
@Timeout(60)
class PollerTest {
  private final MutableClock clock = new MutableClock();
  private final FakeMailSource mail = new FakeMailSource();
  private final Mailbox box = mail.mailbox("box@contoso.example");
  private final Ledger ledger =
      Ledger.open("jdbc:h2:mem:" + UUID.randomUUID(), new MetricRegistry(), clock);
  private Poller poller;

  @BeforeEach
  void create() {
    poller = poller(Duration.ofHours(1));
  }

  private Poller poller(Duration interval) {
    Receipt delivered = new Receipt.Delivered(Outcome.ENQUEUED, null);
    return new Poller(
        new IntakeSettings(
            List.of("contoso.example"),
            List.of("inbox"),
            interval,
            2,
            1_000_000,
            1_000_000,
            Duration.ofDays(90),
            new Reconciliation(Duration.ofDays(1), Duration.ofDays(7)),
            Slice.STANDARD,
            FollowUp.NONE),
        mail,
        new AttachmentFilter(
            new FilterSettings(List.of("*"), false, 1_000_000, List.of(), InlinePolicy.AUTO)),
        tasks -> tasks.stream().map(task -> delivered).toList(),
        ledger,
        clock,
        new MetricRegistry());
  }

  @AfterEach
  void stop() throws InterruptedException {
    poller.stop();
    ledger.close();
  }

  @Test
  void beginsByItself_andAgainAfterTheInterval() throws InterruptedException {
    poller = poller(Duration.ofMillis(1));
    CountDownLatch third = new CountDownLatch(3);
    mail.failAlways("changes box@contoso.example", third::countDown);
    poller.start();
    assertThat(third.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void joinsTheRunningCycle() throws Exception {
    Gate gate = new Gate();
    mail.fail("changes box@contoso.example", gate);
    mail.deliver(box, "m1", mail.file("a1", "a.pdf", "%PDF".getBytes(UTF_8)));
    poller.start();
    gate.awaitReached();
    assertThat(poller.running()).isTrue();
    assertThat(poller.nextCycleAt()).isEmpty();
    CompletableFuture<CycleReport> one = processNow();
    CompletableFuture<CycleReport> two = processNow();
    assertThat(one).isNotDone();
    AskedCycle followed = poller.processNow();
    assertThat(followed.report()).isEmpty();
    assertThat(followed.progress()).isEqualTo(new CycleProgress(clock.instant(), 1, List.of()));

    gate.open();
    assertThat(one.get(30, TimeUnit.SECONDS).sum().enqueued()).isEqualTo(1);
    assertThat(one.get()).isSameAs(two.get(30, TimeUnit.SECONDS));
    assertThat(poller.lastCycle()).contains(one.get());
    assertThat(followed.report()).contains(one.get());
    assertThat(followed.progress().left()).isEqualTo(one.get().mailboxes());
    assertThat(poller.problem()).isEmpty();
  }

  @Test
  void runsNow_whenAsked() throws InterruptedException {
    poller.start();
    poller.processNow().await();
    mail.deliver(box, "m1", mail.file("a1", "a.pdf", "%PDF".getBytes(UTF_8)));
    assertThat(poller.processNow().await().sum().enqueued()).isEqualTo(1);
    assertThat(poller.nextCycleAt()).contains(clock.instant().plus(Duration.ofHours(1)));
  }

  @Test
  void finishesWhatItHasBegun_whenStopped() throws Exception {
    Gate gate = new Gate();
    mail.deliver(box, "m1", mail.file("a1", "a.pdf", "%PDF".getBytes(UTF_8)));
    for (int i = 2; i < 30; i++) {
      mail.deliver(box, "m" + i, mail.file("a" + i, "a.pdf", "%PDF".getBytes(UTF_8)));
    }
    mail.fail("open a1", gate);
    poller.start();
    gate.awaitReached();
    Thread stopping = new Thread(this::stopPoller);
    stopping.start();
    // It waits for the loop's end, having told everybody to begin nothing new.
    Polling.until("it waits", () -> stopping.getState() == Thread.State.TIMED_WAITING);
    gate.open();
    stopping.join();

    assertThat(ledger.history().mail("m1")).isPresent();
    assertThat(ledger.history().totals().messages()).isLessThan(29);
    assertThat(poller.problem()).contains("the intake has been stopped");
    assertThat(poller.running()).isFalse();
  }

  @Test
  void tellsWhoAsks_thatItIsNotRunning() throws InterruptedException {
    assertThatThrownBy(() -> poller.processNow().await()).isInstanceOf(IllegalStateException.class);
    assertThat(poller.problem()).contains("the intake is not running");
    poller.start();
    poller.processNow().await();
    poller.stop();
    assertThatThrownBy(() -> poller.processNow().await()).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void saysSo_whenACycleBreaks_andRunsTheNextOne() throws InterruptedException {
    poller.start();
    poller.processNow().await();
    mail.fail("discover", Troubles.bug());
    CycleReport broken = poller.processNow().await();
    assertThat(broken.problems())
        .containsExactly("the cycle broke: unexpected IllegalStateException");
    assertThat(poller.problem().orElseThrow()).contains("the last cycle broke");
    assertThat(poller.dead()).isEmpty();

    assertThat(poller.processNow().await().problems()).isEmpty();
    assertThat(poller.problem()).isEmpty();
  }

  @Test
  void saysSo_whenACycleIsStuck() throws Exception {
    poller.start();
    poller.processNow().await();
    Gate gate = new Gate();
    mail.fail("changes box@contoso.example", gate);
    CompletableFuture<CycleReport> cycle = processNow();
    gate.awaitReached();
    clock.advance(Duration.ofMinutes(14));
    assertThat(poller.problem()).isEmpty();
    clock.advance(Duration.ofMinutes(1));
    assertThat(poller.problem().orElseThrow()).contains("no progress for 15 min", "Restart");
    assertThat(poller.dead()).isEqualTo(poller.problem());
    gate.open();
    cycle.get(30, TimeUnit.SECONDS);
    assertThat(poller.problem()).isEmpty();
  }

  @Test
  void leavesTheProblemOfTheMailSystemToTheReport() throws InterruptedException {
    mail.failAlways("discover", Troubles.of(Kind.UNAUTHENTICATED));
    poller.start();
    assertThat(poller.processNow().await().problems()).hasSize(1);
    assertThat(poller.problem()).isEmpty();
  }

  private CompletableFuture<CycleReport> processNow() {
    CompletableFuture<CycleReport> report = new CompletableFuture<>();
    Thread thread =
        new Thread(
            () -> {
              try {
                report.complete(poller.processNow().await());
              } catch (InterruptedException | RuntimeException e) {
                report.completeExceptionally(e);
              }
            });
    thread.start();
    Polling.until(
        "it waits or is done",
        () -> thread.getState() == Thread.State.TIMED_WAITING || report.isDone());
    return report;
  }

  private void stopPoller() {
    try {
      poller.stop();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** Holds a request until it is opened. */
  private static final class Gate implements FakeMailSource.Trouble {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);

    @Override
    public void strike() {
      reached.countDown();
      try {
        assertThat(opened.await(30, TimeUnit.SECONDS)).isTrue();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }

    void awaitReached() throws InterruptedException {
      assertThat(reached.await(30, TimeUnit.SECONDS)).isTrue();
    }

    void open() {
      opened.countDown();
    }
  }
}
