package io.emailmonitor.simulator;

import io.emailmonitor.simulator.fault.Durations;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** Runs the simulator by itself until it is ended. */
public final class Main {

  private static final String USAGE =
      """
      usage: graph-simulator [--host ADDRESS] [--port N] [--data DIR] [--samples] [--token TOKEN] [--new-mail-every 5s] [--scenario FILE]
                             [--keystore FILE] [--population 2000x100]
        --host ADDRESS        where to listen (default 127.0.0.1; 0.0.0.0 lets other machines in)
        --port N              with which port (default 0: a free one)
        --data DIR            serve DIR/<mailbox address>/<folder>/*.eml; new files become new mail
        --samples             serve the samples as well (the default without --data and --population)
        --token TOKEN         the bearer token that clients must send (default simulator-token)
        --new-mail-every 5s   keep delivering variations of the samples (ms, s, m or h)
        --scenario FILE       what goes wrong, and when (JSON; see the README)
        --keystore FILE       serve HTTPS with the key in this PKCS #12 file, password changeit
        --population 2000x100 so many mailboxes with so many made-up messages each; 2000x100+50000 puts
                              50000 into the first""";

  /** Of a key that protects nothing. */
  private static final char[] KEYSTORE_PASSWORD = "changeit".toCharArray();

  private static final Pattern POPULATION =
      Pattern.compile("(\\d{1,6})x(\\d{1,7})(?:\\+(\\d{1,7}))?");
  private static final int ATTACHMENT_BYTES = 20_000;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      GraphSimulator simulator = parse(List.of(arguments)).build().start();
      Runtime.getRuntime().addShutdownHook(new Thread(simulator::close));
      System.out.println("Graph simulator at " + simulator.baseUri());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage() + System.lineSeparator() + USAGE);
      System.exit(2);
    } catch (IOException e) {
      System.err.println("the simulator could not start: " + e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }

  static GraphSimulator.Builder parse(List<String> arguments) throws IOException {
    GraphSimulator.Builder builder = GraphSimulator.builder();
    if (!arguments.contains("--data") && !arguments.contains("--population")) {
      builder.samples();
    }
    for (int i = 0; i < arguments.size(); i++) {
      String option = arguments.get(i);
      if (option.equals("--samples")) {
        builder.samples();
        continue;
      }
      if (i + 1 == arguments.size()) {
        throw new IllegalArgumentException("'" + option + "' is unknown or lacks its value");
      }
      apply(builder, option, arguments.get(++i));
    }
    return builder;
  }

  private static void apply(GraphSimulator.Builder builder, String option, String value)
      throws IOException {
    switch (option) {
      case "--host" -> builder.host(value);
      case "--port" -> builder.port(port(value));
      case "--data" -> builder.data(Path.of(value));
      case "--token" -> builder.token(value);
      case "--population" -> builder.population(population(value));
      case "--keystore" -> builder.tls(tls(Path.of(value)));
      case "--scenario" -> builder.scenario(Path.of(value));
      case "--new-mail-every" -> builder.newMailEvery(duration(value));
      default -> throw new IllegalArgumentException("'" + option + "' is no option");
    }
  }

  private static int port(String value) {
    if (!value.matches("\\d{1,5}") || Integer.parseInt(value) > 65535) {
      throw new IllegalArgumentException("--port must be 0 to 65535, but was '" + value + "'");
    }
    return Integer.parseInt(value);
  }

  private static Population population(String value) {
    Matcher matcher = POPULATION.matcher(value);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(
          "--population must be written as 2000x100 or 2000x100+50000, but was '" + value + "'");
    }
    int largest = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    return new Population(
        Integer.parseInt(matcher.group(1)),
        Integer.parseInt(matcher.group(2)),
        largest,
        ATTACHMENT_BYTES);
  }

  static SSLContext tls(Path keystore) throws IOException {
    try {
      KeyStore keys = KeyStore.getInstance(keystore.toFile(), KEYSTORE_PASSWORD);
      KeyManagerFactory factory =
          KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      factory.init(keys, KEYSTORE_PASSWORD);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(factory.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the keystore '" + keystore + "' cannot be used", e);
    }
  }

  private static Duration duration(String value) {
    Duration duration = Durations.parse(value);
    if (duration.isZero()) {
      throw new IllegalArgumentException("--new-mail-every must be above 0, but was " + value);
    }
    return duration;
  }
}
