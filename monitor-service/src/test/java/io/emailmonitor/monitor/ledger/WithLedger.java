package io.emailmonitor.monitor.ledger;

import static io.emailmonitor.monitor.ledger.Records.NOW;

import com.codahale.metrics.MetricRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests of the ledger: each has one of its own, in a file. */
abstract class WithLedger {
  @TempDir Path folder;
  Ledger ledger;
  Journal journal;
  History history;

  @BeforeEach
  void open() {
    openAt(NOW);
  }

  @AfterEach
  void close() {
    ledger.close();
  }

  void reopenAt(Instant instant) {
    ledger.close();
    openAt(instant);
  }

  final void openAt(Instant instant) {
    ledger =
        Ledger.open(
            "jdbc:h2:file:" + folder.resolve("ledger"),
            new MetricRegistry(),
            Clock.fixed(instant, ZoneOffset.UTC));
    journal = ledger.journal();
    history = ledger.history();
  }
}
