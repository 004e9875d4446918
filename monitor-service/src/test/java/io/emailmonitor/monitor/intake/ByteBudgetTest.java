package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.model.EncodedTask;
import io.emailmonitor.monitor.delivery.Delivery;
import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.Polling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class ByteBudgetTest extends WithStation {
  @Test
  void letsWaitWhoFindsNoRoom_untilThereIsSome() throws InterruptedException {
    ByteBudget budget = new ByteBudget(10 * 1024);
    ByteBudget.Room first = budget.reserve(8 * 1024);
    CountDownLatch got = new CountDownLatch(1);
    Thread second =
        new Thread(
            () -> {
              try {
                budget.reserve(4 * 1024);
                got.countDown();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            });
    second.start();
    Polling.until("it waits", () -> second.getState() == Thread.State.WAITING);
    assertThat(got.getCount()).isEqualTo(1);

    first.shrinkTo(6 * 1024);
    assertThat(got.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(budget.reserved()).isEqualTo(10 * 1024);
    first.release();
    first.release();
    first.shrinkTo(1);
    assertThat(budget.reserved()).isEqualTo(4 * 1024);
  }

  @Test
  void givesAllOfItToWhatIsLargerThanAllOfIt() throws InterruptedException {
    ByteBudget budget = new ByteBudget(10 * 1024);
    ByteBudget.Room room = budget.reserve(Long.MAX_VALUE / 2);
    assertThat(budget.reserved()).isEqualTo(10 * 1024);
    room.release();
    assertThat(budget.reserved()).isZero();
  }

  /** Whatever sizes are listed: 0 and 10 are lies, -1 stands for the truth. */
  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 10, 5_000_000_000L})
  void isNeverExceeded_andNothingWaitsForEver(long listed) {
    station.bytesInFlight = 1500 * 1024; // whole steps, in which reserved() counts
    Random random = new Random(1);
    int wanted = 0;
    mail.pageSize(50);
    for (int number = 0; number < 4; number++) {
      Mailbox mailbox = mail.mailbox("box" + number + "@contoso.example");
      for (int message = 0; message < 4; message++) {
        List<Attachment> attachments = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
          byte[] content = new byte[random.nextInt(300_000)];
          long size = listed < 0 ? content.length + 300 : Math.min(listed, Station.MAX_SIZE);
          attachments.add(mail.file(number + "-" + message + "-" + i, "a.pdf", content, size));
          wanted++;
        }
        mail.deliver(mailbox, number + "-" + message, attachments.toArray(Attachment[]::new));
      }
    }
    AtomicLong most = new AtomicLong();
    AtomicLong inHand = new AtomicLong();
    station.aroundDelivery = delivery -> watched(delivery, inHand, most);

    assertThat(station.cycle().sum().enqueued()).isEqualTo(wanted);
    assertThat(most.get()).isPositive().isLessThanOrEqualTo(station.bytesInFlight);
    assertThat(reserved()).isZero();
  }

  private Delivery watched(Delivery delivery, AtomicLong inHand, AtomicLong most) {
    return tasks -> {
      long bytes = tasks.stream().map(EncodedTask::json).mapToLong(json -> json.length).sum();
      most.accumulateAndGet(inHand.addAndGet(bytes), Math::max);
      assertThat(reserved()).isLessThanOrEqualTo(station.bytesInFlight);
      try {
        return delivery.deliver(tasks);
      } finally {
        inHand.addAndGet(-bytes);
      }
    };
  }

  @Test
  void isFreeAgain_afterWhateverFailed() {
    mail.deliver(
        box,
        "m1",
        mail.file("cut", "a.pdf", new byte[500_000]),
        mail.file("large", "a.pdf", new byte[Station.MAX_SIZE + 1], 5),
        mail.file("bug", "a.pdf", new byte[10]),
        mail.file("held", "a.pdf", new byte[10]));
    mail.cut("cut", 100_000);
    mail.fail("open bug", Troubles.bug());
    station.delivery =
        tasks -> {
          throw new IllegalStateException("broken");
        };
    station.cycle();
    assertThat(reserved()).isZero();
  }

  @Test
  void letsThroughWhatIsLargerThanAllOfIt() {
    station.bytesInFlight = 1000;
    for (int i = 0; i < 10; i++) {
      mail.deliver(box, "m" + i, mail.file("a" + i, "a.pdf", new byte[50_000]));
    }
    assertThat(station.cycle().sum().enqueued()).isEqualTo(10);
  }

  private long reserved() {
    return (Long) station.metrics.gauge("intake.bytesInFlight").getValue();
  }
}
