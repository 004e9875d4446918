package io.emailmonitor.service.http;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/** A reason not to let a request in. */
interface Gate {
  /** Empty when this gate has nothing against the request. */
  Optional<Problem> objection(HttpServletRequest request);
}
