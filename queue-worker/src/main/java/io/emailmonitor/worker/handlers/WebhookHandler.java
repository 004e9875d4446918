package io.emailmonitor.worker.handlers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.emailmonitor.worker.Attempt;
import io.emailmonitor.worker.Outcome;
import io.emailmonitor.worker.TaskHandler;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Posts each task to a server, whose status says what is to become of it: 2xx done; 408, 425, 429,
 * 5xx or no answer again later, when {@code Retry-After} says so; all else never. Thread-safe.
 */
final class WebhookHandler implements TaskHandler {
  private static final Set<Integer> FOR_NOW = Set.of(408, 425, 429);

  private final URI url;
  private final Optional<Signature> signature;
  private final Duration timeout;
  private final Clock clock;
  private final HttpClient client;

  WebhookHandler(
      URI url,
      Optional<Signature> signature,
      Duration connectTimeout,
      Duration timeout,
      Clock clock) {
    this.url = url;
    this.signature = signature;
    this.timeout = timeout;
    this.clock = clock;
    client =
        HttpClient.newBuilder()
            // An attempt at HTTP/2 without TLS puzzles many a server.
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(connectTimeout)
            .build();
  }

  @Override
  public Outcome handle(Attempt attempt) throws IOException, InterruptedException {
    MultipartBody body = new MultipartBody(attempt);
    // Read through before anything is sent: what can't be read is found here.
    HttpRequest request = request(attempt, body, body.measure());
    try {
      return outcome(client.send(request, BodyHandlers.discarding()));
    } catch (IOException e) {
      // Its message may hold the address, and that a token.
      return Outcome.retry("the webhook can't be reached: " + e.getClass().getSimpleName());
    }
  }

  private HttpRequest request(Attempt attempt, MultipartBody body, MultipartBody.Measure measure) {
    String taskId = headerSafe(attempt.task().taskId());
    HttpRequest.Builder request =
        HttpRequest.newBuilder(url)
            .timeout(timeout)
            .header("Content-Type", body.contentType())
            .header("User-Agent", "email-monitor")
            .header("Idempotency-Key", taskId)
            .header("X-Email-Monitor-Task-Id", taskId)
            .header("X-Email-Monitor-Attempt", String.valueOf(attempt.number()));
    signature.ifPresent(
        s ->
            request.header(
                Signature.HEADER, s.of(clock.instant().getEpochSecond(), measure.sha256())));
    return request
        .POST(
            BodyPublishers.fromPublisher(
                BodyPublishers.ofInputStream(body::open), measure.length()))
        .build();
  }

  /** A foreign producer's id may be anything; the same one gives the same key. */
  private static String headerSafe(String taskId) {
    return taskId.matches("[!-~]{1,200}")
        ? taskId
        : UUID.nameUUIDFromBytes(taskId.getBytes(UTF_8)).toString();
  }

  private Outcome outcome(HttpResponse<?> response) {
    int status = response.statusCode();
    if (status >= 200 && status < 300) {
      return Outcome.done();
    }
    String reason = "the webhook answered " + status;
    if (status >= 500 || FOR_NOW.contains(status)) {
      return response
          .headers()
          .firstValue("Retry-After")
          .flatMap(header -> RetryAfter.parse(header, clock.instant()))
          .map(delay -> Outcome.retryAfter(delay, reason))
          .orElseGet(() -> Outcome.retry(reason));
    }
    return Outcome.bury(
        status >= 300 && status < 400
            ? reason + ", and redirects are not followed: set handler.url to where it leads"
            : reason);
  }
}
