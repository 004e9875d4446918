package io.emailmonitor.monitor.browser;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/** A tab of the browser: what a person sees and does there, and what went wrong in it. */
public final class Tab implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final DevTools tools;
  private final String session;
  private final String target;
  private final List<String> problems = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  Tab(DevTools tools, String session, String target, int width, int height, boolean dark) {
    this.tools = tools;
    this.session = session;
    this.target = target;
    tools.listen(session, this::hear);
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", Map.of());
    }
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    call(
        "Emulation.setEmulatedMedia",
        Map.of(
            "features",
            List.of(
                Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light"),
                Map.of("name", "prefers-reduced-motion", "value", "reduce"))));
  }

  private void hear(String event, JsonNode said) {
    switch (event) {
      case "Runtime.exceptionThrown" -> problems.add("exception: " + said);
      case "Log.entryAdded" -> logged(said.at("/entry"));
      case "Runtime.consoleAPICalled" -> {
        if (said.at("/type").asText().matches("error|warning|assert")) {
          problems.add("console: " + said.at("/args"));
        }
      }
      case "Network.requestWillBeSent" -> requests.add(said.at("/request/url").asText());
      case "Page.javascriptDialogOpening" -> {
        problems.add("a script opened a dialog: " + said);
      }
      default -> {}
    }
  }

  /** Violations of the policy are told here. What the server refused is for the tests to judge. */
  private void logged(JsonNode entry) {
    boolean serious = entry.at("/level").asText().equals("error");
    if (serious && !entry.at("/source").asText().equals("network")) {
      problems.add("log: " + entry);
    }
  }

  private JsonNode call(String method, Map<String, ?> parameters) {
    return tools.call(session, method, parameters);
  }

  /** Everything that a page should not do: exceptions, violations of its policy, dialogs. */
  public List<String> problems() {
    return problems;
  }

  /** All that was fetched. */
  public List<String> requests() {
    return requests;
  }

  public void go(String address) {
    call("Page.navigate", Map.of("url", address));
    await("document.readyState === 'complete' && location.href !== 'about:blank'");
  }

  /** The value of an expression, which may be a promise. */
  public JsonNode eval(String expression) {
    JsonNode answer =
        call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.at("/exceptionDetails"));
    }
    return answer.at("/result/value");
  }

  /** Waits until an expression is true. */
  public void await(String expression) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    while (!eval("Boolean(" + expression + ")").asBoolean()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError(
            "not true within "
                + PATIENCE
                + ": "
                + expression
                + "\n"
                + problems
                + "\n"
                + text("body"));
      }
      LockSupport.parkNanos(20_000_000);
    }
  }

  /** Waits until a text is to be seen in an element. */
  public void awaitText(String selector, String text) {
    await(element(selector) + "?.innerText.includes(" + quoted(text) + ")");
  }

  public String text(String selector) {
    return eval(element(selector) + "?.innerText ?? ''").asText();
  }

  /** Clicks in the middle of an element as a hand does. */
  public void click(String selector) {
    await(element(selector) + "?.checkVisibility()");
    JsonNode place =
        eval(
            "(() => {const e = "
                + element(selector)
                + "; e.scrollIntoView({block: 'center', behavior: 'instant'});"
                + " const r = e.getBoundingClientRect();"
                + " return [r.x + r.width / 2, r.y + r.height / 2]})()");
    for (String what : List.of("mousePressed", "mouseReleased")) {
      call(
          "Input.dispatchMouseEvent",
          Map.of(
              "type",
              what,
              "x",
              place.at("/0").asDouble(),
              "y",
              place.at("/1").asDouble(),
              "button",
              "left",
              "clickCount",
              1));
    }
  }

  public void type(String text) {
    call("Input.insertText", Map.of("text", text));
  }

  /** Presses a key such as {@code Enter}, {@code Tab} or {@code Escape}. */
  public void press(String key) {
    Map<String, Integer> codes = Map.of("Enter", 13, "Tab", 9, "Escape", 27, " ", 32);
    String text = key.equals("Enter") ? "\r" : key.equals(" ") ? " " : "";
    int code = codes.get(key);
    call(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyDown", "key", key, "windowsVirtualKeyCode", code, "text", text));
    call(
        "Input.dispatchKeyEvent",
        Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
  }

  /** As if the network were gone, or back. */
  public void offline(boolean offline) {
    call(
        "Network.emulateNetworkConditions",
        Map.of("offline", offline, "latency", 0, "downloadThroughput", -1, "uploadThroughput", -1));
  }

  /** Keeps a picture of the whole page. */
  public void picture(Path file) {
    JsonNode size = call("Page.getLayoutMetrics", Map.of()).at("/cssContentSize");
    double height = Math.min(size.at("/height").asDouble(), 4000);
    Map<String, ?> clip =
        Map.of("x", 0, "y", 0, "width", size.at("/width").asDouble(), "height", height, "scale", 1);
    keep(file, Map.of("format", "png", "captureBeyondViewport", true, "clip", clip));
  }

  /** Keeps a picture of what is on the screen at the moment. */
  public void view(Path file) {
    keep(file, Map.of("format", "png"));
  }

  private void keep(Path file, Map<String, ?> how) {
    byte[] png =
        Base64.getDecoder().decode(call("Page.captureScreenshot", how).at("/data").asText());
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, png);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String element(String selector) {
    return "document.querySelector(" + quoted(selector) + ")";
  }

  private static String quoted(String text) {
    return com.fasterxml.jackson.databind.node.TextNode.valueOf(text).toString();
  }

  @Override
  public void close() {
    tools.call("", "Target.closeTarget", Map.of("targetId", target));
  }
}
