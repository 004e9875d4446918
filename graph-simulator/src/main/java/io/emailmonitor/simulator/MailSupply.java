package io.emailmonitor.simulator;

import static java.util.concurrent.TimeUnit.MILLISECONDS;

import io.emailmonitor.simulator.store.Tenant;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import org.jspecify.annotations.Nullable;

/** Fills the mailboxes at the start, and keeps bringing new mail on a thread of its own. */
final class MailSupply implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(MailSupply.class.getName());

  private final Sources sources;
  private final Tenant tenant;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "graph-simulator-new-mail");
            thread.setDaemon(true);
            return thread;
          });

  MailSupply(Sources sources, Tenant tenant) {
    this.sources = sources;
    this.tenant = tenant;
  }

  /** Where mail comes from. */
  static final class Sources {
    @Nullable Path data;
    Duration dataPollInterval = Duration.ofMillis(500);
    boolean samples;
    @Nullable Population population;
    @Nullable Duration newMailEvery;
  }

  /** Returns when the mail is there with which it starts. */
  void load() throws IOException {
    Population population = sources.population;
    if (population != null) {
      population.fill(tenant);
    }
    if (sources.samples) {
      Samples.load(tenant);
    }
    Path data = sources.data;
    if (data != null) {
      DataFolder folder = new DataFolder(data, tenant);
      folder.load();
      repeat(sources.dataPollInterval, folder::poll);
    }
    Duration newMailEvery = sources.newMailEvery;
    if (newMailEvery != null) {
      NewMail newMail = new NewMail(tenant, Samples.read());
      repeat(newMailEvery, newMail::deliver);
    }
  }

  private void repeat(Duration every, Step step) {
    Runnable guarded =
        () -> {
          try {
            step.run();
          } catch (IOException | RuntimeException e) {
            LOG.log(Level.WARNING, "new mail could not be taken in; it is tried again", e);
          }
        };
    Future<?> unused =
        timer.scheduleWithFixedDelay(guarded, every.toMillis(), every.toMillis(), MILLISECONDS);
  }

  private interface Step {
    void run() throws IOException;
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
