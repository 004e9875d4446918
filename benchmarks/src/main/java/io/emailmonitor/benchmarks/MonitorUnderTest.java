package io.emailmonitor.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** The monitor's jar as a process, and a look inside. */
final class MonitorUnderTest implements AutoCloseable {
  private static final Duration START = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(500);

  private final Process process;
  private final URI admin;
  private final JMXConnector connector;
  private final HttpClient http = HttpClient.newHttpClient();

  private MonitorUnderTest(Process process, URI admin, JMXConnector connector) {
    this.process = process;
    this.admin = admin;
    this.connector = connector;
  }

  @SuppressWarnings("BanJNDI") // a process of our own, on this machine
  static MonitorUnderTest start(
      Path jar, String heap, URI graph, int redisPort, String queue, int pollSeconds)
      throws Exception {
    Path directory = Files.createTempDirectory("monitor-benchmark");
    String adminPort = String.valueOf(freePort());
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx" + heap,
            "-XX:+UseSerialGC",
            "-jar",
            jar.toAbsolutePath().toString(),
            "server");
    builder
        .environment()
        .putAll(
            Map.ofEntries(
                Map.entry("GRAPH_BASE_URL", graph.toString()),
                Map.entry("GRAPH_AUTH", "static-token"),
                Map.entry("GRAPH_STATIC_TOKEN", "simulator-token"),
                Map.entry("EMAIL_GROUPS", "scale.example"),
                Map.entry("POLL_INTERVAL", pollSeconds + "s"),
                Map.entry("HTTP_PORT", "0"),
                Map.entry("ADMIN_PORT", adminPort),
                Map.entry("USE_REDIS_QUEUE", "true"),
                Map.entry("REDIS_HOST", "127.0.0.1"),
                Map.entry("REDIS_PORT", String.valueOf(redisPort)),
                Map.entry("EMAIL_QUEUE_NAME", queue),
                Map.entry("MAX_QUEUE_SIZE", "100000"),
                Map.entry("LOG_FILE", "none")));
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("output").toFile());
    Process process = builder.start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
    VirtualMachine machine = VirtualMachine.attach(String.valueOf(process.pid()));
    JMXServiceURL jmx = new JMXServiceURL(machine.startLocalManagementAgent());
    MonitorUnderTest monitor =
        new MonitorUnderTest(
            process,
            URI.create("http://127.0.0.1:" + adminPort + "/"),
            JMXConnectorFactory.connect(jmx));
    System.out.println("the monitor's output: " + directory.resolve("output"));
    monitor.awaitAnswer();
    return monitor;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private void awaitAnswer() throws Exception {
    long deadline = System.nanoTime() + START.toNanos();
    while (true) {
      try {
        ask("ping");
        return;
      } catch (IOException e) {
        if (System.nanoTime() > deadline || !process.isAlive()) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
      }
    }
  }

  private String ask(String path) throws IOException, InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(admin.resolve(path)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  private JsonNode metrics() throws Exception {
    return new ObjectMapper().readTree(ask("metrics"));
  }

  /** How many messages it has recorded. */
  long messages() throws Exception {
    return metrics().path("counters").path("intake.messages").path("count").asLong();
  }

  long cycles() throws Exception {
    return metrics().path("timers").path("intake.cycles").path("count").asLong();
  }

  void awaitMessages(long count, Duration atMost) throws Exception {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (messages() < count) {
      pause(deadline);
    }
  }

  /** Waits for the end of so many further rounds. */
  void awaitCycles(int count, Duration atMost) throws Exception {
    long deadline = System.nanoTime() + atMost.toNanos();
    long enough = cycles() + count;
    while (cycles() < enough) {
      pause(deadline);
    }
  }

  private void pause(long deadline) throws InterruptedException {
    if (System.nanoTime() > deadline || !process.isAlive()) {
      throw new IllegalStateException("the monitor does not get there");
    }
    TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
  }

  double cpuMillis() throws Exception {
    return (long) attribute("OperatingSystem", "ProcessCpuTime") / 1e6;
  }

  /** Bytes, by the threads that live. */
  long allocated() throws Exception {
    Object bytes =
        beans()
            .invoke(
                name("Threading"),
                "getThreadAllocatedBytes",
                new Object[] {attribute("Threading", "AllThreadIds")},
                new String[] {long[].class.getName()});
    return Arrays.stream((long[]) bytes).filter(b -> b > 0).sum();
  }

  /** Bytes that are left after everything that nobody holds has been collected. */
  long liveHeap() throws Exception {
    beans().invoke(name("Memory"), "gc", new Object[0], new String[0]);
    return (long) ((CompositeData) attribute("Memory", "HeapMemoryUsage")).get("used");
  }

  private Object attribute(String bean, String attribute) throws Exception {
    return beans().getAttribute(name(bean), attribute);
  }

  private MBeanServerConnection beans() throws IOException {
    return connector.getMBeanServerConnection();
  }

  private static ObjectName name(String bean) throws Exception {
    return new ObjectName("java.lang:type=" + bean);
  }

  @Override
  public void close() throws IOException {
    connector.close();
    process.destroyForcibly();
  }
}
