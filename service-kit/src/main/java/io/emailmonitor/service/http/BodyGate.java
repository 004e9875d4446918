package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** Refuses bodies larger than any route has use for, before anything is read of them. */
final class BodyGate implements Gate {
  @Override
  public Optional<Problem> objection(HttpServletRequest request) {
    return request.getContentLengthLong() > AccessFilter.LARGEST_BODY
        ? Optional.of(Problem.tooLarge())
        : Optional.empty();
  }
}
