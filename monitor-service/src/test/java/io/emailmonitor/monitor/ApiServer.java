package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.health.HealthCheckRegistry;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.testing.DropwizardTestSupport;
import io.emailmonitor.monitor.api.DeadTaskResource;
import io.emailmonitor.monitor.api.InspectedQueue;
import io.emailmonitor.monitor.api.JobResource;
import io.emailmonitor.monitor.api.MailResource;
import io.emailmonitor.monitor.api.MailboxResource;
import io.emailmonitor.monitor.api.QueueResource;
import io.emailmonitor.monitor.api.ReplayResource;
import io.emailmonitor.monitor.api.RulesResource;
import io.emailmonitor.monitor.api.StatusResource;
import io.emailmonitor.monitor.api.WorkerResource;
import io.emailmonitor.monitor.dashboard.Dashboard;
import io.emailmonitor.monitor.delivery.Backlog;
import io.emailmonitor.monitor.filter.AttachmentFilter;
import io.emailmonitor.monitor.ledger.Ledger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/**
 * The real HTTP side in front of fakes, spoken to byte by byte, so that any request can be made.
 */
final class ApiServer implements AutoCloseable {
  final FakeIntake intake = new FakeIntake();
  volatile Optional<Backlog> backlog = Optional.empty();
  final FakeMailSource mailSource = new FakeMailSource();

  /** What replays are made in; the other answers come of fakes. */
  final Ledger ledger =
      Ledger.open("jdbc:h2:mem:" + UUID.randomUUID(), new MetricRegistry(), Clock.systemUTC());

  private final DropwizardTestSupport<MonitorConfiguration> support;

  ApiServer(Optional<InspectedQueue> queue, Map<String, String> more) {
    this(queue, configuration(more));
  }

  ApiServer(Optional<InspectedQueue> queue, MonitorConfiguration settings) {
    support =
        new DropwizardTestSupport<>(ApiApplication.class, settings) {
          @Override
          public Application<MonitorConfiguration> newApplication() {
            return new ApiApplication(ApiServer.this, queue);
          }
        };
    try {
      support.before();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class ApiApplication extends Application<MonitorConfiguration> {
    private final ApiServer server;
    private final Optional<InspectedQueue> queue;

    ApiApplication(ApiServer server, Optional<InspectedQueue> queue) {
      this.server = server;
      this.queue = queue;
    }

    @Override
    public void run(MonitorConfiguration settings, Environment environment) {
      HealthCheckRegistry checks = environment.healthChecks();
      checks.register("graph", Checks.graph(server.mailSource));
      checks.register("poller", Checks.poller(server.intake));
      FakeHistory history = new FakeHistory();
      FakeOverview overview = new FakeOverview();
      MailResource mails = new MailResource(history, new FakeFollowUps(), server.mailSource);
      MailboxResource mailboxes = new MailboxResource(overview);
      DeadTaskResource dead = new DeadTaskResource(queue);
      WorkerResource workers = new WorkerResource(queue, overview);
      HttpInterface http = new HttpInterface(settings, environment);
      http.serve(
          new StatusResource(server.intake, history, checks, queue, () -> server.backlog),
          new JobResource(server.intake, Clock.systemUTC()),
          mails,
          new RulesResource(new AttachmentFilter(settings.filter()), history, server.mailSource),
          new ReplayResource(
              server.ledger.history(), server.ledger.journal(), queue, Clock.systemUTC()),
          mailboxes,
          new QueueResource(queue),
          dead,
          workers);
      http.show(
          new Dashboard(
              new Dashboard.Routes(mails, mailboxes, dead, workers),
              server.intake,
              history,
              overview,
              checks,
              queue,
              environment.getObjectMapper(),
              Clock.systemUTC()));
    }
  }

  static MonitorConfiguration configuration(Map<String, String> more) {
    Map<String, String> environment =
        new HashMap<>(
            Map.of(
                "GRAPH_STATIC_TOKEN", "x",
                "EMAIL_GROUPS", "company.com",
                "HTTP_PORT", "0",
                "ADMIN_PORT", "0",
                "ATTACHMENTS_DIR", "target/email_attachments",
                "LOG_LEVEL", "WARN",
                "LOG_FILE", "none"));
    environment.putAll(more);
    return TestSettings.of(environment);
  }

  /** An answer, with its header names in lower case. */
  record Answer(int status, Map<String, String> headers, String body) {
    String header(String name) {
      return Objects.requireNonNull(headers.get(name), name);
    }

    JsonNode json() {
      try {
        return new ObjectMapper().readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(body, e);
      }
    }
  }

  Answer get(String target, String... headers) {
    return ask(support.getLocalPort(), "GET", target, "", headers);
  }

  Answer post(String target, String... headers) {
    return ask(support.getLocalPort(), "POST", target, "", headers);
  }

  Answer postJson(String target, String json, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type: application/json");
    return ask(support.getLocalPort(), "POST", target, json, all.toArray(String[]::new));
  }

  Answer admin(String target, String... headers) {
    return ask(support.getAdminPort(), "GET", target, "", headers);
  }

  int port() {
    return support.getLocalPort();
  }

  int adminPort() {
    return support.getAdminPort();
  }

  /** What is answered to a request without end, until something has come and a pause after it. */
  Answer beginning(String target, String awaited) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port())) {
      String request =
          "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      try {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      } catch (SocketException e) {
        // It may have read enough to refuse the rest.
      }
      ByteArrayOutputStream come = new ByteArrayOutputStream();
      byte[] buffer = new byte[8192];
      while (!come.toString(UTF_8).contains(awaited) || !come.toString(UTF_8).endsWith("\n\n")) {
        int read = socket.getInputStream().read(buffer);
        if (read < 0) {
          throw new IllegalStateException("it ended: " + come.toString(UTF_8));
        }
        come.write(buffer, 0, read);
      }
      return answer(come.toString(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A request with exactly these headers; one named Host replaces the usual one. */
  private static Answer ask(
      int port, String method, String target, String body, String... headers) {
    StringBuilder request = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
    String more = String.join("\r\n", headers);
    if (!more.startsWith("Host:")) {
      request.append("Host: localhost:").append(port).append("\r\n");
    }
    request.append("Connection: close\r\n");
    request.append("Content-Length: ").append(body.length()).append("\r\n");
    request.append(more).append(more.isEmpty() ? "" : "\r\n").append("\r\n").append(body);
    return send(port, request.toString());
  }

  /** Sends exactly this to the port of the routes. */
  Answer raw(String request) {
    return send(support.getLocalPort(), request);
  }

  private static Answer send(int port, String request) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      try {
        socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      } catch (SocketException e) {
        // It may have read enough to refuse the rest.
      }
      return answer(new String(socket.getInputStream().readAllBytes(), UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Answer answer(String text) {
    String[] parts = text.split("\r\n\r\n", 2);
    String[] lines = parts[0].split("\r\n", -1);
    Map<String, String> headers = new HashMap<>();
    for (int i = 1; i < lines.length; i++) {
      String[] header = lines[i].split(": ", 2);
      headers.put(header[0].toLowerCase(Locale.ROOT), header[1]);
    }
    String body = parts[1];
    if ("chunked".equals(headers.get("transfer-encoding"))) {
      body = body.replaceAll("(?m)^[0-9A-Fa-f]+\r\n|\r\n", "");
    }
    return new Answer(Integer.parseInt(lines[0].split(" ", -1)[1]), headers, body);
  }

  @Override
  public void close() {
    support.after();
    ledger.close();
  }
}
