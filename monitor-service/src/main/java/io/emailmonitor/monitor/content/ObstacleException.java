package io.emailmonitor.monitor.content;

import java.io.IOException;

/** An attachment cannot, or must not, be looked into. */
public final class ObstacleException extends IOException {
  private static final long serialVersionUID = 1;

  private final transient Obstacle obstacle;

  ObstacleException(Obstacle.Kind kind, String detail) {
    super(detail);
    this.obstacle = new Obstacle(kind, detail);
  }

  static ObstacleException damaged(String detail) {
    return new ObstacleException(Obstacle.Kind.DAMAGED, detail);
  }

  /** The content is in memory, so whatever fails in reading it is its own fault. */
  static ObstacleException damaged(Exception failure) {
    // What it says may quote the mail.
    return damaged("cannot be read: " + failure.getClass().getSimpleName());
  }

  public Obstacle obstacle() {
    return obstacle;
  }
}
