package io.emailmonitor.monitor.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.emailmonitor.monitor.filter.PatternRules;
import io.emailmonitor.monitor.filter.Patterns;
import io.emailmonitor.monitor.ledger.MailboxRecord;
import io.emailmonitor.monitor.ledger.Totals;
import io.emailmonitor.queue.RedisExtension;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.fault.Effect;
import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Match;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which mailboxes are watched, and which are parked. */
class DiscoveryTest {
  private static final String RETIRED = "retired@contoso.example";
  private static final String SHARED = "shared-reports@contoso.example";

  @RegisterExtension final RedisExtension redis = new RedisExtension();
  private GraphSimulator graph;
  private Station station;

  @BeforeEach
  void open() throws IOException {
    graph = GraphSimulator.builder().samples().build().start();
    station = Station.before(graph, 50, redis.open());
    station.fileTypes = List.of("*");
  }

  @AfterEach
  void close() {
    station.close();
    graph.close();
  }

  @Test
  void watchesTheMembersOfAGroup_alsoOfGroupsWithin_andSharedMailboxes() {
    station.entries = List.of("Billing@contoso.example");
    station.cycle();
    assertThat(watched()).containsExactly("invoices@contoso.example", RETIRED, SHARED);
    assertThat(messages(SHARED)).isPositive();
  }

  @Test
  void watchesEachOnce_howeverItIsNamed() {
    station.entries =
        List.of(
            "contoso.example",
            "billing@contoso.example",
            "ORDERS@contoso.example",
            "@contoso.example");
    station.cycle();
    assertThat(watched())
        .doesNotHaveDuplicates()
        .contains("claims@contoso.example", "orders@contoso.example", SHARED);
  }

  @Test
  void leavesOutWhatTheRulesExclude_alsoOfGroups() {
    station.entries = List.of("billing@contoso.example", "orders@contoso.example");
    station.patterns =
        new PatternRules(
            Patterns.ALL,
            Patterns.ALL,
            Patterns.ALL,
            new Patterns(List.of(), List.of("shared-*", "retired@*")),
            0);
    station.cycle();
    assertThat(watched()).containsExactly("invoices@contoso.example", "orders@contoso.example");
    assertThat(graph.requests(SHARED)).isZero();
  }

  @Test
  void parksWhoHasNoMailbox_andWhomItMayNotRead_andLooksAgainADayLater() {
    station.entries = List.of("contoso.example");
    String fault =
        graph
            .faults()
            .add(
                Fault.always(Match.ALL.mailbox(SHARED), Effect.GraphError.of("ErrorAccessDenied")));
    station.cycle();
    assertThat(standing(RETIRED).parkedReason())
        .contains("no Exchange Online licence")
        .contains("MailboxNotEnabledForRESTAPI");
    assertThat(standing(SHARED).parkedReason())
        .contains("Mail.Read")
        .contains("the scope of its access policy");
    assertThat(standing(SHARED).nextCheckAt())
        .isEqualTo(station.clock.instant().plus(Duration.ofDays(1)));

    graph.faults().remove(fault);
    station.clock.advance(Duration.ofDays(1));
    station.cycle();
    assertThat(standing(SHARED).parkedReason()).isNull();
    assertThat(messages(SHARED)).isPositive();
    assertThat(standing(RETIRED).parkedReason()).isNotNull();
  }

  @Test
  void saysWhichEntryLeadsNowhere_andWatchesTheOthers() {
    station.entries = List.of("nowhere.example", "orders@contoso.example");
    assertThat(station.cycle().problems())
        .singleElement()
        .asString()
        .contains("'nowhere.example'")
        .contains("No user with a mail address was found");
    assertThat(watched()).containsExactly("orders@contoso.example");
  }

  private long messages(String address) {
    return Optional.ofNullable(station.history().totalsByMailbox().get(address))
        .map(Totals::messages)
        .orElse(0L);
  }

  private List<String> watched() {
    return mailboxes().map(MailboxRecord::address).sorted().toList();
  }

  private MailboxRecord standing(String address) {
    return mailboxes().filter(box -> box.address().equals(address)).findFirst().orElseThrow();
  }

  private Stream<MailboxRecord> mailboxes() {
    return station.history().mailboxes().stream();
  }
}
