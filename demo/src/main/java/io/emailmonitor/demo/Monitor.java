package io.emailmonitor.demo;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks the running monitor over its API, as its users do. */
final class Monitor {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);
  private static final int PAGE = 1000;

  private final ObjectMapper jackson = new ObjectMapper();
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI address;

  Monitor(int port) {
    this.address = URI.create("http://127.0.0.1:" + port);
  }

  URI address() {
    return address;
  }

  /** The outcome of every attachment so far, or nothing when the monitor does not answer (yet). */
  Optional<List<Recorded>> ledger() throws InterruptedException {
    List<Recorded> ledger = new ArrayList<>();
    for (int offset = 0; ; offset += PAGE) {
      Optional<JsonNode> page = get("/recent-results?limit=" + PAGE + "&offset=" + offset);
      if (page.isEmpty()) {
        return Optional.empty();
      }
      JsonNode messages = page.get().path("results");
      messages.forEach(message -> read(message, ledger));
      if (messages.size() < PAGE) {
        return Optional.of(ledger);
      }
    }
  }

  private static void read(JsonNode message, List<Recorded> ledger) {
    String messageId = message.path("message_id").asText();
    for (JsonNode attachment : message.path("attachments")) {
      ledger.add(
          new Recorded(
              messageId,
              attachment.path("attachment_id").asText(),
              attachment.path("outcome").asText(),
              attachment.path("reason").textValue(),
              attachment.path("task_id").textValue()));
    }
  }

  /** The answer, or nothing when there is none or not with status 200. */
  private Optional<JsonNode> get(String path) throws InterruptedException {
    HttpRequest request = HttpRequest.newBuilder(address.resolve(path)).timeout(TIMEOUT).build();
    try {
      HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      return answer.statusCode() == 200
          ? Optional.of(jackson.readTree(answer.body()))
          : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
