package io.emailmonitor.monitor.intake;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Ends the work on one mailbox, or on all, before its end. The first reason counts. Safe for use by
 * several threads.
 */
final class Brake {
  private final @Nullable Brake all;
  private final AtomicReference<@Nullable Stop> pulled = new AtomicReference<>();

  private Brake(@Nullable Brake all) {
    this.all = all;
  }

  static Brake ofCycle() {
    return new Brake(null);
  }

  Brake ofMailbox() {
    return new Brake(this);
  }

  void pull(Stop stop) {
    if (all != null && stop.kind().everywhere()) {
      all.pull(stop);
    } else {
      pulled.compareAndSet(null, stop);
    }
  }

  Optional<Stop> pulled() {
    Optional<Stop> own = Optional.ofNullable(pulled.get());
    return all == null ? own : own.or(all::pulled);
  }

  boolean isPulled() {
    return pulled().isPresent();
  }
}
