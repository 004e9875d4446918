package io.emailmonitor.monitor.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.monitor.mailbox.Mailbox;
import io.emailmonitor.queue.RedisExtension;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** For tests of the intake of mail in memory: each has a station, and a mailbox that is empty. */
abstract class WithStation {
  @RegisterExtension final RedisExtension redis = new RedisExtension();
  final FakeMailSource mail = new FakeMailSource();
  final Mailbox box = mail.mailbox("box@contoso.example");
  Station station;

  @BeforeEach
  void openStation() {
    station = new Station(mail, redis.open());
  }

  @AfterEach
  void closeStation() {
    station.close();
  }

  /** A file of that id, with content of its own. */
  final Attachment pdf(String id) {
    return mail.file(id, id + ".pdf", ("%PDF " + id).getBytes(UTF_8));
  }
}
