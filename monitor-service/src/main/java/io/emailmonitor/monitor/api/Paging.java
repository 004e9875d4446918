package io.emailmonitor.monitor.api;

import io.emailmonitor.service.http.Problem;

/** What a part of a list may be asked for. */
final class Paging {
  private Paging() {}

  static void check(int offset, int limit, int most) {
    if (offset < 0) {
      throw Problem.of(400, "offset is " + offset + "; it must be 0 or more").exception();
    }
    if (limit < 1 || limit > most) {
      throw Problem.of(400, "limit is " + limit + "; it must be 1 to " + most).exception();
    }
  }
}
