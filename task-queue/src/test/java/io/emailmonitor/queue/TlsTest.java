package io.emailmonitor.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import redis.clients.jedis.Protocol.Command;

/** Encrypted connections as an ACL user to real servers, and what is said when there is none. */
@Timeout(60)
class TlsTest {
  private static final QueueSettings QUEUE = QueueSettings.named("q");

  private final TestCertificates certificates;
  private final TestCertificates others;
  private @Nullable TestRedis server;
  private int tlsPort;

  TlsTest(@TempDir Path ours, @TempDir Path theirs) {
    certificates = new TestCertificates(ours);
    others = new TestCertificates(theirs);
  }

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
    }
  }

  private TestRedis start(String version, TestCertificates.Pair identity, String clients) {
    Optional<RedisProgram> program = RedisProgram.ofVersion(version);
    assumeTrue(program.isPresent(), () -> "there is no Redis " + version + " for this machine");
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      tlsPort = socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    TestRedis started =
        TestRedis.start(
            program.get(),
            "--tls-port " + tlsPort,
            "--tls-cert-file " + identity.certificate(),
            "--tls-key-file " + identity.key(),
            "--tls-ca-cert-file " + certificates.authority(),
            "--tls-auth-clients " + clients,
            "--user mail on >secret ~q ~{q}:* +@all");
    server = started;
    return started;
  }

  private RedisSettings at(String host, RedisTls files) {
    return RedisSettings.ofParts(host, tlsPort, 0, "mail", "secret", true).withTls(files);
  }

  private RedisSettings as(String user, String password) {
    return RedisSettings.ofParts("localhost", tlsPort, 0, user, password, true).withTls(trusting());
  }

  private static String failure(RedisSettings settings) {
    try (RedisTaskQueue queue = new RedisTaskQueue(settings, QUEUE)) {
      return QueueFailures.message(() -> queue.enqueue(Tasks.tasks("a", 1)));
    }
  }

  private RedisTls trusting() {
    return new RedisTls(certificates.authority(), null, null);
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2", "7."})
  void works_withOwnAuthority_clientCertificate_andUser(String version) {
    start(version, certificates.signedFor("localhost"), "yes");
    RedisTls files = certificates.signedFor("client").trusting(certificates.authority());

    try (RedisTaskQueue queue = new RedisTaskQueue(at("localhost", files), QUEUE)) {
      queue.enqueue(Tasks.tasks("a", 1));
      ClaimedTask task = queue.claim().orElseThrow();
      assertThat(queue.acknowledge(task)).isTrue();
      assertThat(queue.health().server()).startsWith("rediss://localhost:" + tlsPort);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2", "7."})
  void says_whatIsWrongWithTheServersCertificate(String version) {
    start(version, certificates.signedFor("localhost"), "no");

    assertThat(failure(at("localhost", RedisTls.DEFAULT)))
        .contains("is not trusted", "REDIS_TLS_CA");
    assertThat(failure(at("localhost", new RedisTls(others.authority(), null, null))))
        .contains("is not trusted", "REDIS_TLS_CA");
    assertThat(failure(at("127.0.0.1", trusting())))
        .contains("is for another host", "127.0.0.1", "REDIS_HOST");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2", "7."})
  void says_whenTheServersCertificateHasExpired(String version) {
    start(version, certificates.expired("localhost"), "no");

    assertThat(failure(at("localhost", trusting()))).contains("has expired");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2", "7."})
  void says_whatIsWrongWithTheClientsCertificate(String version) {
    start(version, certificates.signedFor("localhost"), "yes");

    for (RedisTls files :
        List.of(
            trusting(),
            others.signedFor("client").trusting(certificates.authority()),
            certificates.expired("client").trusting(certificates.authority()))) {
      assertThat(failure(at("localhost", files)))
          .contains("client certificate", "REDIS_TLS_CERT", "REDIS_TLS_KEY");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2", "7."})
  void says_whenThePortIsTheWrongOne(String version) {
    TestRedis started = start(version, certificates.signedFor("localhost"), "no");
    Duration moment = Duration.ofMillis(200);

    assertThat(
            failure(
                RedisSettings.ofParts("localhost", started.port(), 0, null, null, true)
                    .withTimeouts(moment, moment)))
        .contains("TLS");
    assertThat(failure(RedisSettings.ofParts("localhost", tlsPort, 0, null, null, false)))
        .contains("REDIS_TLS to true", "rediss://");
  }

  @ParameterizedTest
  @ValueSource(strings = {"6.2", "7."})
  void says_whatTheUserLacks(String version) {
    TestRedis started = start(version, certificates.signedFor("localhost"), "no");
    RedisSettings admin = started.settings();

    assertThat(failure(as("mail", "wr0ng"))).contains("WRONGPASS").doesNotContain("wr0ng");
    TestKeys.call(admin, Command.ACL, "SETUSER", "mail", "-lpush");
    assertThat(failure(as("mail", "secret")))
        .contains("NOPERM", "ACL SETUSER <user> +lpush", "docs/protocol.md");
    TestKeys.call(admin, Command.ACL, "SETUSER", "mail", "+lpush", "resetkeys", "~other");
    assertThat(failure(as("mail", "secret"))).contains("NOPERM", "~<queue> ~{<queue>}:*");
  }

  @Test
  void says_whatIsWrongWithTheFiles() throws IOException {
    TestCertificates.Pair one = certificates.signedFor("one");
    TestCertificates.Pair two = certificates.signedFor("two");
    TestCertificates.Pair rsa = certificates.signedWithRsa("rsa");
    Path empty = Files.createFile(one.key().resolveSibling("empty.pem"));
    String ca = certificates.authority().toString();

    assertThat(wrong("/no/such.pem", null, null))
        .isEqualTo("REDIS_TLS_CA is /no/such.pem, which does not exist");
    assertThat(wrong(one.key().toString(), null, null))
        .startsWith("REDIS_TLS_CA is " + one.key())
        .contains("no certificate in PEM form");
    assertThat(wrong(ca, one.certificate().toString(), ""))
        .isEqualTo("REDIS_TLS_CERT is set, but REDIS_TLS_KEY is not; set both or neither");
    assertThat(wrong(ca, one.certificate().toString(), empty.toString()))
        .contains("REDIS_TLS_KEY", "PKCS#8", "openssl pkcs8");
    assertThat(wrong(ca, one.certificate().toString(), two.key().toString()))
        .contains("REDIS_TLS_KEY is " + two.key(), "does not belong", one.certificate().toString());
    assertThat(wrong(ca, one.certificate().toString(), rsa.key().toString()))
        .contains("REDIS_TLS_KEY", "holds no EC key");
    assertThat(RedisTls.ofFiles(ca, rsa.certificate().toString(), rsa.key().toString()).ca())
        .isEqualTo(certificates.authority());
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisSettings.ofUrl("redis://localhost").withTls(trusting()))
        .withMessageContaining("rediss://");
  }

  private static String wrong(
      @Nullable String ca, @Nullable String certificate, @Nullable String key) {
    Throwable failure = catchThrowable(() -> RedisTls.ofFiles(ca, certificate, key));
    assertThat(failure).isInstanceOf(IllegalArgumentException.class);
    return String.valueOf(failure.getMessage());
  }
}
