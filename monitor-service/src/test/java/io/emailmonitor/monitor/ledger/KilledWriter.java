package io.emailmonitor.monitor.ledger;

import com.codahale.metrics.MetricRegistry;
import io.emailmonitor.monitor.mailbox.Cursor;
import io.emailmonitor.monitor.mailbox.MailFolder;
import java.time.Clock;
import java.util.List;

/** A process that dies, without any farewell, the moment after it wrote. */
final class KilledWriter {
  private KilledWriter() {}

  public static void main(String[] args) {
    Journal journal = Ledger.open(args[0], new MetricRegistry(), Clock.systemUTC()).journal();
    journal.record(List.of(Records.done("m1", Records.enqueued("m1", "a1"))));
    journal.saveCursor(Records.BOX, new MailFolder("inbox", "inbox"), new Cursor("link"));
    Runtime.getRuntime().halt(137);
  }
}
