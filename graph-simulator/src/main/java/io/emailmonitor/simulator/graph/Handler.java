package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.http.Reply;

/** Answers on one route. */
interface Handler {
  Reply answer(Call call);
}
