package io.emailmonitor.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

/** Asks a simulator as plainly as HTTP allows, and fails on what is not there. */
final class GraphClient {

  static final String IMMUTABLE = "IdType=\"ImmutableId\"";

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final GraphSimulator simulator;

  GraphClient(GraphSimulator simulator) {
    this.simulator = simulator;
  }

  /** A link as it is, or a path below the base address. */
  Answer get(String pathOrLink, String... headers) {
    return send(request(pathOrLink, headers).GET());
  }

  Answer send(String method, String path, String body, String... headers) {
    return send(request(path, headers).method(method, BodyPublishers.ofString(body)));
  }

  /** With another token than the simulator's own. */
  Answer with(String token, String path) {
    return send(request(path).setHeader("Authorization", "Bearer " + token).GET());
  }

  JsonNode json(String pathOrLink, String... headers) {
    Answer answer = get(pathOrLink, headers);
    if (answer.status() != 200) {
      throw new AssertionError(pathOrLink + " answered " + answer.status() + " " + answer.text());
    }
    return answer.json();
  }

  /** All pages from here on, and the delta link at the end. */
  Round round(String pathOrLink, String... headers) {
    List<JsonNode> items = new ArrayList<>();
    int pages = 0;
    String link = pathOrLink;
    while (true) {
      JsonNode page = json(link, headers);
      pages++;
      page.path("value").forEach(items::add);
      if (page.has("@odata.nextLink") == page.has("@odata.deltaLink")) {
        throw new AssertionError("exactly one link must be there: " + page);
      }
      if (page.has("@odata.deltaLink")) {
        return new Round(items, pages, page.path("@odata.deltaLink").asText());
      }
      link = page.path("@odata.nextLink").asText();
    }
  }

  private HttpRequest.Builder request(String pathOrLink, String... headers) {
    String uri = pathOrLink.startsWith("http") ? pathOrLink : simulator.baseUri() + pathOrLink;
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(uri.replace(" ", "%20")));
    request.header("Authorization", "Bearer " + simulator.token());
    for (String header : headers) {
      boolean named = header.matches("[A-Za-z-]+: .*");
      request.header(
          named ? header.substring(0, header.indexOf(':')) : "Prefer",
          named ? header.substring(header.indexOf(':') + 2) : header);
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      return new Answer(http.send(request.build(), BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /** What came back. */
  record Answer(HttpResponse<byte[]> response) {

    int status() {
      return response.statusCode();
    }

    byte[] bytes() {
      return response.body();
    }

    String text() {
      return new String(bytes(), java.nio.charset.StandardCharsets.UTF_8);
    }

    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    String error() {
      return json().path("error").path("code").asText();
    }

    JsonNode json() {
      try {
        return MAPPER.readTree(bytes());
      } catch (IOException e) {
        throw new AssertionError(text(), e);
      }
    }
  }

  /** One delta round. */
  record Round(List<JsonNode> items, int pages, String deltaLink) {

    List<String> ids() {
      return items.stream().map(item -> item.path("id").asText()).toList();
    }

    List<String> subjects() {
      return items.stream().map(item -> item.path("subject").asText()).toList();
    }
  }
}
