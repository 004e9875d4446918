package io.emailmonitor.worker;

import java.time.Duration;

/** What is to become of a task after an attempt, chosen by the handler. */
public sealed interface Outcome {

  /** The work is done: the task leaves the queue. */
  static Outcome done() {
    return Done.DONE;
  }

  /**
   * Not now: the task comes back after the delay, on any worker. This attempt counts; when it was
   * the last one allowed, the task is buried with this reason.
   *
   * @param reason for people who read logs and the list of dead tasks; nothing of the mail
   */
  static Outcome retryAfter(Duration delay, String reason) {
    return new RetryAfter(delay, reason);
  }

  /**
   * Not now, and the {@linkplain TaskHandler#retryPolicy handler's policy} says when; otherwise as
   * {@link #retryAfter}.
   */
  static Outcome retry(String reason) {
    return new Retry(reason);
  }

  /**
   * Never: the task is set aside as dead, with its content and this reason, until somebody decides.
   *
   * @param reason for people who read logs and the list of dead tasks; nothing of the mail
   */
  static Outcome bury(String reason) {
    return new Bury(reason);
  }

  /** Calls the method for this outcome; whoever does not know a new one fails to compile. */
  <R> R match(Cases<R> cases);

  /** One method for each outcome. */
  interface Cases<R> {
    R done();

    R retry(String reason);

    R retryAfter(Duration delay, String reason);

    R bury(String reason);
  }

  /** See {@link #done()}. */
  record Done() implements Outcome {
    private static final Done DONE = new Done();

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.done();
    }
  }

  /** See {@link #retry}. */
  record Retry(String reason) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.retry(reason);
    }
  }

  /** See {@link #retryAfter}. */
  record RetryAfter(Duration delay, String reason) implements Outcome {
    public RetryAfter {
      if (delay.isNegative()) {
        throw new IllegalArgumentException("delay is negative: " + delay);
      }
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.retryAfter(delay, reason);
    }
  }

  /** See {@link #bury}. */
  record Bury(String reason) implements Outcome {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.bury(reason);
    }
  }
}
