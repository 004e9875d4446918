package io.emailmonitor.simulator.fault;

import io.emailmonitor.simulator.graph.GraphService;
import io.emailmonitor.simulator.graph.PageQuirk;
import io.emailmonitor.simulator.graph.SyncStates;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import io.emailmonitor.simulator.login.AccessTokens;
import java.time.Clock;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;

/**
 * The faults in force. Rules are tried in the order in which they were added; one that befalls a
 * request stands around those after it, so one that answers by itself hides them. Safe for any
 * number of threads.
 */
public final class Faults {

  private final World world;
  private final BiFunction<Request, Set<PageQuirk>, Reply> service;
  private final long seed;
  private final List<Rule> rules = new CopyOnWriteArrayList<>();
  private final AtomicInteger made = new AtomicInteger();

  /**
   * What faults stand before.
   *
   * @param service answers what no fault answers
   * @param seed what rules with a probability are drawn from
   */
  public Faults(
      GraphService graph,
      SyncStates states,
      AccessTokens tokens,
      BiFunction<Request, Set<PageQuirk>, Reply> service,
      Clock clock,
      long seed) {
    this.world = new World(graph, states, tokens, new Throttles(clock), clock);
    this.service = service;
    this.seed = seed;
  }

  /** From now on. Gives the rule's id. */
  public String add(Fault fault) {
    Rule rule = new Rule(made.incrementAndGet(), fault, seed, world.clock());
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
    Scene scene = new Scene(request, world.graph().target(request), Set.of(), world);
    return world.throttles().refusal(scene).orElseGet(() -> answer(scene, List.copyOf(rules)));
  }

  private Reply answer(Scene scene, List<Rule> left) {
    for (int i = 0; i < left.size(); i++) {
      if (left.get(i).befalls(scene)) {
        List<Rule> after = left.subList(i + 1, left.size());
        return left.get(i).fault().effect().around(scene, next -> answer(next, after));
      }
    }
    return service.apply(scene.request(), scene.quirks());
  }

  /**
   * A rule and what it did so far.
   *
   * @param matched requests that matched
   * @param befallen those of them that it befell
   */
  public record Active(String id, Fault fault, int matched, int befallen) {}
}
