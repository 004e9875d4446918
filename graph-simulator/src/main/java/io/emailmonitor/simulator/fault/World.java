package io.emailmonitor.simulator.fault;

import io.emailmonitor.simulator.graph.GraphService;
import io.emailmonitor.simulator.graph.SyncStates;
import io.emailmonitor.simulator.login.AccessTokens;
import java.time.Clock;

/** What effects can reach beside the request. */
record World(
    GraphService graph, SyncStates states, AccessTokens tokens, Throttles throttles, Clock clock) {}
