package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.dropwizard.core.setup.Bootstrap;
import io.emailmonitor.simulator.GraphSimulator;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import net.sourceforge.argparse4j.inf.Namespace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The command explain, against a simulated Graph. */
class ExplainCommandTest {
  private static final Logger ROOT =
      (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);

  private final Level level = ROOT.getLevel();
  private final ByteArrayOutputStream output = new ByteArrayOutputStream();
  private final Map<String, String> environment = new HashMap<>();
  private GraphSimulator graph;

  @BeforeEach
  void start() throws Exception {
    graph = GraphSimulator.builder().build().start();
    environment.put("GRAPH_BASE_URL", graph.baseUri().toString());
    environment.put("GRAPH_STATIC_TOKEN", graph.token());
    environment.put("EMAIL_GROUPS", "orders@contoso.example");
    environment.put("EXCLUDE_SUBJECTS", "*advertisement*");
    environment.put("EXCLUDE_MAILBOXES", "orders@*");
  }

  @AfterEach
  void stop() {
    graph.close();
    ROOT.setLevel(level);
  }

  @Test
  void saysOfTheLatestMessages_whatWouldBecomeOfThem() throws Exception {
    deliver("An old one", "old.pdf");
    graph.advance(Duration.ofMinutes(1));
    deliver("Advertisement \u001b[31m", "offer.exe");
    graph.advance(Duration.ofMinutes(1));
    deliver("Order 7", "order.pdf");
    graph.advance(Duration.ofMinutes(1));
    deliver("From Outlook", "winmail.dat");

    run(3);

    assertThat(
            output
                .toString(UTF_8)
                .lines()
                .map(line -> line.replaceFirst("^20\\S+Z  ", "* "))
                .map(line -> line.replaceFirst("\\d+ bytes", "N bytes")))
        .containsExactly(
            "skip  orders@contoso.example",
            "      EXCLUDE_MAILBOXES: the mailbox matches orders@*",
            "* jo@partner.example  From Outlook",
            "  open  winmail.dat (N bytes)",
            "* jo@partner.example  Order 7",
            "  take  order.pdf (N bytes)",
            "* jo@partner.example  Advertisement  [31m",
            "  skip  offer.exe (N bytes)",
            "        EXCLUDE_SUBJECTS: the subject matches *advertisement*",
            "        FILE_TYPES: '.exe' is not among the wanted file types");
  }

  @Test
  void saysWhatIsWrong() {
    environment.put("GRAPH_STATIC_TOKEN", "another");
    assertThatThrownBy(() -> run(1)).hasMessageContaining("Graph does not accept the token");
    environment.put("EXCLUDE_SUBJECTS", "*");
    assertThatThrownBy(() -> run(1)).hasMessageContaining("EXCLUDE_SUBJECTS contains \"*\"");
  }

  private void deliver(String subject, String file) {
    String mail =
        """
        From: Jo <jo@partner.example>
        Subject: %s
        MIME-Version: 1.0
        Content-Type: application/octet-stream; name="%s"
        Content-Disposition: attachment; filename="%s"

        some bytes
        """
            .formatted(subject, file, file);
    graph.deliver("orders@contoso.example", "inbox", mail.replace("\n", "\r\n").getBytes(UTF_8));
  }

  private void run(int last) throws Exception {
    MonitorApplication application = new MonitorApplication();
    Bootstrap<MonitorConfiguration> bootstrap = new Bootstrap<>(application);
    application.initialize(bootstrap);
    new ExplainCommand(SettingsFactory.PACKAGED, environment, new PrintStream(output, true, UTF_8))
        .run(
            bootstrap,
            new Namespace(
                Map.of(
                    "file",
                    SettingsFactory.PACKAGED,
                    "mailbox",
                    "orders@contoso.example",
                    "folder",
                    "inbox",
                    "last",
                    last)));
  }
}
