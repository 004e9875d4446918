package io.emailmonitor.queue;

import io.emailmonitor.testkit.InMemoryTaskQueue;
import java.time.Instant;

class InMemoryTaskQueueTest extends TaskQueueContract {
  private Instant now = Tasks.CREATED;
  private final InMemoryTaskQueue queue =
      new InMemoryTaskQueue(QueueSettings.named("test"), () -> now);

  @Override
  QueueSettings settings() {
    return QueueSettings.named("test");
  }

  @Override
  Opened open(QueueSettings settings) {
    InMemoryTaskQueue view = queue.with(settings);
    return new Opened(view, view, view);
  }

  @Override
  void outlast() {
    now = now.plusMillis(60);
  }
}
