package io.emailmonitor.worker.runtime;

import java.time.Duration;
import java.util.Collection;

/**
 * Empties the hands of threads whose handler takes longer than the ones before: what is done is
 * acknowledged, what has not been begun goes back to the queue, where somebody else takes it.
 */
final class Relief {
  /** Far more than a thread that claims several tasks expects to need for all of them. */
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final Collection<Hand> hands;
  private final Settler settler;
  private final PayloadBudget budget;

  Relief(Collection<Hand> hands, Settler settler, PayloadBudget budget) {
    this.hands = hands;
    this.settler = settler;
    this.budget = budget;
  }

  /** To be called now and then, by one thread at a time. */
  void look() {
    for (Hand hand : hands) {
      if (hand.isOlderThan(PATIENCE)) {
        empty(hand);
      }
    }
  }

  private void empty(Hand hand) {
    try {
      hand.takeWaiting()
          .forEach(
              task -> {
                budget.letGo(task.payload().length);
                settler.giveBack(task);
              });
      settler.acknowledge(hand.takeDone());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
