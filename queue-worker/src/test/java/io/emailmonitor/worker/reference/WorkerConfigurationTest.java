package io.emailmonitor.worker.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.DefaultConfigurationFactoryFactory;
import io.dropwizard.configuration.FileConfigurationSourceProvider;
import io.dropwizard.core.server.DefaultServerFactory;
import io.dropwizard.jackson.Jackson;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.jetty.HttpConnectorFactory;
import io.emailmonitor.queue.QueueSettings;
import io.emailmonitor.queue.RedisSettings;
import io.emailmonitor.worker.RetryPolicy;
import io.emailmonitor.worker.runtime.Worker;
import jakarta.validation.Validator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads the worker.yml that is shipped. */
class WorkerConfigurationTest {
  private static final String SHIPPED = "../worker.yml";
  private static final Validator VALIDATOR = Validators.newValidator();

  private final Path folder;
  private final Problems problems = new Problems();

  WorkerConfigurationTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private WorkerConfiguration load(String file, Map<String, String> environment)
      throws IOException, ConfigurationException {
    return new DefaultConfigurationFactoryFactory<WorkerConfiguration>()
        .create(WorkerConfiguration.class, VALIDATOR, Jackson.newObjectMapper(), "dw")
        .build(new WorkerFile(new FileConfigurationSourceProvider(), environment, problems), file);
  }

  private WorkerConfiguration with(String name, String value) throws Exception {
    return load(SHIPPED, Map.of(name, value));
  }

  private Worker.Settings worker(WorkerConfiguration configuration) {
    return configuration.worker(RetryPolicy.DEFAULT, problems);
  }

  private static HttpConnectorFactory admin(WorkerConfiguration configuration) {
    DefaultServerFactory server = (DefaultServerFactory) configuration.getServerFactory();
    return (HttpConnectorFactory) server.getAdminConnectors().get(0);
  }

  @Test
  void needsNothing_toHaveDefaults() throws Exception {
    WorkerConfiguration configuration = load(SHIPPED, Map.of());

    Worker.Settings work = worker(configuration);
    assertThat(work)
        .isEqualTo(
            new Worker.Settings(
                Worker.Settings.defaultName(),
                2,
                Duration.ofMinutes(5),
                Duration.ofHours(1),
                Duration.ofMinutes(1),
                5,
                RetryPolicy.DEFAULT,
                Duration.ofSeconds(8),
                Runtime.getRuntime().maxMemory() / 3));
    assertThat(configuration.redis(work, problems))
        .isEqualTo(RedisSettings.ofParts("localhost", 6379, 0, null, null, false).withPoolSize(6));
    assertThat(configuration.queue(work, problems))
        .isEqualTo(QueueSettings.named("email_attachments"));
    assertThat(configuration.handler(problems)).isPresent();
    assertThat(admin(configuration).getPort()).isZero();
    assertThat(admin(configuration).getBindHost()).isEqualTo("127.0.0.1");
  }

  @Test
  void takesEverySetting_fromTheEnvironment(@TempDir Path output) throws Exception {
    Map<String, String> environment = new HashMap<>();
    environment.put("REDIS_HOST", "redis.example.com");
    environment.put("REDIS_PORT", "6380");
    environment.put("REDIS_DB", "3");
    environment.put("REDIS_USERNAME", "worker");
    environment.put("REDIS_PASSWORD", "secret");
    environment.put("REDIS_TLS", "true");
    environment.put("EMAIL_QUEUE_NAME", "other");
    environment.put("WORKER_CONCURRENCY", "7");
    environment.put("WORKER_NAME", "left one");
    environment.put("WORKER_TIMEOUT", "90s");
    environment.put("WORKER_LEASE", "20s");
    environment.put("WORKER_MAX_DELIVERIES", "3");
    environment.put("WORKER_STOP_GRACE", "55s");
    environment.put("WORKER_HANDLER", "save");
    environment.put("OUTPUT_DIR", output.resolve("made").toString());
    environment.put("WORKER_ADMIN_PORT", "8099");
    environment.put("LOG_LEVEL", "DEBUG");
    WorkerConfiguration configuration = load(SHIPPED, environment);

    Worker.Settings work = worker(configuration);
    assertThat(work.concurrency()).isEqualTo(7);
    assertThat(work.name()).isEqualTo("left one");
    assertThat(work.timeout()).isEqualTo(Duration.ofSeconds(90));
    assertThat(work.lease()).isEqualTo(Duration.ofSeconds(20));
    assertThat(work.maxDeliveries()).isEqualTo(3);
    assertThat(work.stopGrace()).isEqualTo(Duration.ofSeconds(55));
    assertThat(configuration.redis(work, problems))
        .isEqualTo(
            RedisSettings.ofParts("redis.example.com", 6380, 3, "worker", "secret", true)
                .withPoolSize(11));
    assertThat(configuration.queue(work, problems))
        .isEqualTo(QueueSettings.named("other").withDelivery(Duration.ofSeconds(20), 3));
    configuration.handler(problems);
    assertThat(Files.isDirectory(output.resolve("made"))).isTrue();
    assertThat(admin(configuration).getPort()).isEqualTo(8099);
  }

  @Test
  void takesTheHandlersPolicy_unlessTheFileSaysOtherwise() throws Exception {
    RetryPolicy own = new RetryPolicy(Duration.ofMillis(10), Duration.ofSeconds(1));

    assertThat(load(SHIPPED, Map.of()).worker(own, problems).retry()).isEqualTo(own);
    assertThat(with("WORKER_RETRY_MAX", "3s").worker(own, problems).retry())
        .isEqualTo(new RetryPolicy(Duration.ofMillis(10), Duration.ofSeconds(3)));
    assertThat(with("WORKER_RETRY_FIRST", "1m").worker(own, problems).retry())
        .isEqualTo(new RetryPolicy(Duration.ofMinutes(1), Duration.ofMinutes(1)));
  }

  @Test
  void takesABudgetOfBytes() throws Exception {
    assertThat(worker(with("WORKER_MAX_BYTES", "64MiB")).maxBytesInHand()).isEqualTo(64 << 20);
    worker(with("WORKER_MAX_BYTES", "0"));
    worker(with("WORKER_MAX_TIMEOUT", "1m"));
    assertThatThrownBy(problems::refuse)
        .hasMessageContaining("WORKER_MAX_BYTES")
        .hasMessageContaining("WORKER_MAX_TIMEOUT");
  }

  @Test
  void prefersTheUrl_toTheParts() throws Exception {
    WorkerConfiguration configuration =
        load(SHIPPED, Map.of("REDIS_URL", "rediss://u:p%40@h:1234/5", "REDIS_HOST", "elsewhere"));

    assertThat(configuration.redis(worker(configuration), problems))
        .isEqualTo(RedisSettings.ofParts("h", 1234, 5, "u", "p@", true).withPoolSize(6));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"a\"b'c", "\\n\\", "# : {x} [y] %", "${REDIS_HOST} $1", "ü\n\tz", "*&!|>"})
  void takesAPassword_asItIs(String password) throws Exception {
    WorkerConfiguration configuration = with("REDIS_PASSWORD", password);

    assertThat(configuration.redis(worker(configuration), problems).password()).isEqualTo(password);
  }

  @Test
  void takesAnEmptyVariable_forNone() throws Exception {
    assertThat(worker(with("WORKER_CONCURRENCY", "")).concurrency()).isEqualTo(2);
    assertThat(admin(with("WORKER_ADMIN_PORT", " ")).getPort()).isZero();
  }

  @Test
  void shortensTheLease_toTheTimeout() throws Exception {
    WorkerConfiguration configuration = with("WORKER_TIMEOUT", "10s");

    Worker.Settings work = worker(configuration);
    assertThat(work.lease()).isEqualTo(Duration.ofSeconds(10));
    assertThat(configuration.queue(work, problems).lease()).isEqualTo(Duration.ofSeconds(10));
  }

  @ParameterizedTest
  @CsvSource({
    "REDIS_PORT, 0, from 1 to 65535",
    "REDIS_PORT, abc, from 1 to 65535",
    "REDIS_DB, -1, from 0",
    "REDIS_TLS, maybe, true or false",
    "REDIS_URL, http://x, redis://",
    "REDIS_TLS_CA, /no/ca.pem, 'REDIS_TLS_CA is /no/ca.pem, which does not exist'",
    "REDIS_TLS_CERT, /no/me.pem, REDIS_TLS_KEY is not",
    "REDIS_TLS_KEY, /no/me.pem, REDIS_TLS_CERT is not",
    "REDIS_USERNAME, u, set both",
    "EMAIL_QUEUE_NAME, a{b}, braces",
    "WORKER_CONCURRENCY, 0, from 1 to 256",
    "WORKER_TIMEOUT, 30, a number with a unit",
    "WORKER_LEASE, 1ms, from 1s to 24h",
    "WORKER_MAX_DELIVERIES, none, from 1 to 1000",
    "WORKER_HANDLER, shred, 'log, save'",
    "WORKER_ADMIN_PORT, 70000, from 0 to 65535",
    "LOG_LEVEL, LOUD, INFO",
  })
  void namesTheSetting_itsProblem_andWhatIsAllowed(String name, String value, String allowed)
      throws Exception {
    readAll(with(name, value));

    assertThatThrownBy(problems::refuse)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("The queue worker cannot start: a setting is wrong or missing.")
        .hasMessageContaining(name)
        .hasMessageContaining(allowed);
  }

  @Test
  void tellsAllThatIsWrong_atOnce() throws Exception {
    readAll(
        load(
            SHIPPED,
            Map.of(
                "REDIS_PORT", "abc",
                "REDIS_TLS", "maybe",
                "EMAIL_QUEUE_NAME", "a{b}",
                "WORKER_CONCURRENCY", "0",
                "WORKER_RETRY_MAX", "soon",
                "WORKER_HANDLER", "webhook",
                "WORKER_ADMIN_PORT", "70000",
                "LOG_LEVEL", "LOUD")));

    assertThatThrownBy(problems::refuse)
        .isInstanceOf(InvalidSettingsException.class)
        .hasMessageStartingWith("The queue worker cannot start: 8 settings are wrong or missing.")
        .message()
        .contains("REDIS_PORT", "REDIS_TLS", "EMAIL_QUEUE_NAME", "WORKER_CONCURRENCY")
        .contains("WORKER_RETRY_MAX", "WEBHOOK_URL", "WORKER_ADMIN_PORT", "LOG_LEVEL")
        .hasLineCount(9);
  }

  private void readAll(WorkerConfiguration configuration) {
    Worker.Settings work = worker(configuration);
    configuration.redis(work, problems);
    configuration.queue(work, problems);
    configuration.handler(problems);
  }

  @Test
  void namesAKey_thatItDoesNotKnow() {
    assertThatThrownBy(() -> own("worker: {concurency: 3}", Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("concurency")
        .hasMessageContaining("concurrency");
  }

  @Test
  void namesAVariable_thatHasNeitherValueNorDefault() throws Exception {
    own("queue:\n  name: ${NO_SUCH}\n", Map.of());

    assertThatThrownBy(problems::refuse).hasMessageContaining("queue.name (NO_SUCH) is not set");
  }

  private WorkerConfiguration own(String yaml, Map<String, String> environment) throws Exception {
    Path file = Files.writeString(folder.resolve("own.yml"), yaml);
    return load(file.toString(), environment);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "handler: {type: log}",
        "server: {adminConnectors: [{type: http}]}",
        "server: {requestLog: {appenders: []}}"
      })
  void hasTheShippedDefaultsAndVariables_whereAFileOfOnesOwnSaysNothing(String yaml)
      throws Exception {
    Map<String, String> environment =
        Map.of(
            "REDIS_URL", "redis://h:1234",
            "EMAIL_QUEUE_NAME", "other",
            "WORKER_CONCURRENCY", "7",
            "WORKER_ADMIN_PORT", "8099");

    for (Map<String, String> variables : List.of(Map.<String, String>of(), environment)) {
      WorkerConfiguration configuration = own(yaml, variables);
      WorkerConfiguration shipped = load(SHIPPED, variables);

      Worker.Settings work = worker(configuration);
      assertThat(work).isEqualTo(worker(shipped));
      assertThat(configuration.redis(work, problems)).isEqualTo(shipped.redis(work, problems));
      assertThat(configuration.queue(work, problems)).isEqualTo(shipped.queue(work, problems));
      assertThat(admin(configuration).getPort()).isEqualTo(admin(shipped).getPort());
      assertThat(admin(configuration).getBindHost()).isEqualTo("127.0.0.1");
      assertThat(configuration.access(problems).loopback()).isTrue();
      assertThat(
              ((DefaultServerFactory) configuration.getServerFactory()).getApplicationConnectors())
          .isEmpty();
      configuration.handler(problems);
      problems.refuse();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{applicationConnectors: [{type: http, port: 0}]} | no applicationConnectors",
        "{adminConnectors: [{type: http}, {type: http, port: 1}]} | more than one port",
        "{adminConnectors: [{type: https, keyStorePath: k, keyStorePassword: p}]} | bindHost (WORKER_ADMIN_HOST) is not set",
        "{adminConnectors: [{type: http, bindHost: 10.0.0.1}]} | is '10.0.0.1', which lets other",
      })
  void opensNoPort_thatOthersReachWithoutAToken(String server, String problem) throws Exception {
    own("server: " + server, Map.of()).access(problems);

    assertThatThrownBy(problems::refuse).hasMessageContaining(problem);
  }

  @Test
  void givesAHandlerItsOwnSettings_andNoOthers() throws Exception {
    own("handler: {type: save, save: {outputDir: nested}, outputDir: '" + folder + "/o'}", Map.of())
        .handler(problems);
    assertThat(folder.resolve("o")).isDirectory();

    own("handler: {type: webhook}", Map.of("WEBHOOK_URL", "http://h/")).handler(problems);
    problems.refuse();

    own("handler: {type: log, log: {x: {y: z}}}", Map.of()).handler(problems);
    assertThatThrownBy(problems::refuse).hasMessageContaining("handler.x must be a text");
  }

  @Test
  void letsOtherMachinesInOnlyWithAToken() throws Exception {
    with("WORKER_ADMIN_HOST", "0.0.0.0").access(problems);
    assertThatThrownBy(problems::refuse)
        .hasMessageContaining("WORKER_ADMIN_HOST")
        .hasMessageContaining("API_TOKEN");

    Problems none = new Problems();
    Map<String, String> environment = new HashMap<>(Map.of("WORKER_ADMIN_HOST", "0.0.0.0"));
    environment.put("ALLOW_ANONYMOUS", "true");
    assertThat(load(SHIPPED, environment).access(none).doorkeeper(Clock.systemUTC())).isEmpty();
    environment.put("ALLOW_ANONYMOUS", "");
    environment.put("API_TOKEN", "long-enough");
    assertThat(load(SHIPPED, environment).access(none).doorkeeper(Clock.systemUTC())).isPresent();
    none.refuse();

    environment.put("API_TOKEN", "short");
    environment.put("ALLOWED_HOSTS", "worker, http://worker");
    load(SHIPPED, environment).access(none);
    assertThatThrownBy(none::refuse)
        .hasMessageContaining("ALLOWED_HOSTS) contains 'http://worker'; it must be host names")
        .hasMessageContaining("API_TOKEN")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("short"));
  }
}
