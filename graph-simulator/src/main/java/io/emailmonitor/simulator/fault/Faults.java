package io.emailmonitor.simulator.fault;

import io.emailmonitor.simulator.graph.GraphService;
import io.emailmonitor.simulator.graph.SyncStates;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The faults in force. Rules are tried in the order in which they were added; one that befalls a
 * request stands around those after it, so one that answers by itself hides them. Safe for any
 * number of threads.
 */
public final class Faults {

  private final GraphService graph;
  private final SyncStates states;
  private final Clock clock;
  private final long seed;
  private final Throttles throttles;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final AtomicInteger made = new AtomicInteger();

  /**
   * @param seed what rules with a probability are drawn from
   */
  public Faults(GraphService graph, SyncStates states, Clock clock, long seed) {
    this.graph = graph;
    this.states = states;
    this.clock = clock;
    this.seed = seed;
    this.throttles = new Throttles(clock);
  }

  /** From now on. Gives the rule's id. */
  public String add(Fault fault) {
    Rule rule = new Rule(made.incrementAndGet(), fault, seed, clock);
    rules.add(rule);
    return rule.id();
  }

  /** Whether there was such a rule. */
  public boolean remove(String id) {
    return rules.removeIf(rule -> rule.id().equals(id));
  }

  /** Nothing goes wrong any more; mailboxes that are throttled stay so until their time is over. */
  public void clear() {
    rules.clear();
  }

  public List<Active> active() {
    return rules.stream().map(Rule::snapshot).toList();
  }

  /** Answers as the service does, but for what goes wrong. */
  public Reply answer(Request request) {
    Scene scene = new Scene(request, graph.target(request), Set.of(), graph, states, throttles);
    return throttles.refusal(scene).orElseGet(() -> answer(scene, List.copyOf(rules)));
  }

  private Reply answer(Scene scene, List<Rule> left) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).befalls(scene)) {
        List<Rule> after = left.subList(i + 1, left.size());
        return left.get(i).fault().effect().around(scene, next -> answer(next, after));
      }
    }
    return graph.answer(scene.request(), scene.quirks());
  }

  /**
   * A rule and what it did so far.
   *
   * @param matched requests that matched
   * @param befallen those of them that it befell
   */
  public record Active(String id, Fault fault, int matched, int befallen) {}
}
