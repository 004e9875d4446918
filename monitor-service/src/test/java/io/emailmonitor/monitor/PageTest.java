package io.emailmonitor.monitor;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.emailmonitor.monitor.browser.Chromium;
import io.emailmonitor.monitor.browser.Tab;
import io.emailmonitor.queue.ClaimedTask;
import io.emailmonitor.queue.Polling;
import io.emailmonitor.simulator.GraphSimulator;
import io.emailmonitor.simulator.Population;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page as people see and use it, in a real browser. Keeps pictures in target/pictures. */
class PageTest {
  private static final Path PICTURES = Path.of("target", "pictures");
  private static final String AXE = "/META-INF/resources/webjars/axe-core/4.6.3/axe.min.js";

  private static Chromium chromium;
  private static PageSite site;
  private final List<Tab> tabs = new ArrayList<>();

  @BeforeAll
  static void start(@TempDir Path directory) {
    chromium = Chromium.start(directory.resolve("profile"));
    Map<String, String> marking = Map.of("AFTER_MARK_READ", "true");
    site = new PageSite(GraphSimulator.builder().samples(), directory, marking);
    site.deliver(
        "invoices@contoso.example",
        "Ann Lee <ann@partner.example>",
        "Invoice 4711",
        "invoice-4711.pdf");
    site.awaitWaiting(40);
    useQueue();
  }

  /** Something of everything: done, to be retried, dead, in work. */
  private static void useQueue() {
    List<ClaimedTask> claimed = site.claim(12);
    for (ClaimedTask task : claimed.subList(0, 8)) {
      site.queue.acknowledge(site.finished(task, PageSite.WORKER));
    }
    site.queue.retryAfter(
        site.finished(claimed.get(8), PageSite.WORKER),
        Duration.ofHours(1),
        "The archive answered 503");
    site.queue.bury(
        site.finished(claimed.get(9), PageSite.WORKER), "Not a PDF: it begins with <html>");
    site.announce(PageSite.WORKER, claimed.subList(10, 12));
    site.announce("worker-b:88", List.of());
  }

  @AfterAll
  static void stop() {
    if (site != null) {
      Tab tab = chromium.open(1280, 960, false);
      tab.go(site.address());
      tab.awaitText("#link-text", "Live");
      tab.view(PICTURES.resolve("overview.png"));
      site.close();
    }
    if (chromium != null) {
      chromium.close();
    }
  }

  @AfterEach
  void nothingWentWrong() {
    for (Tab tab : tabs) {
      assertThat(tab.problems()).isEmpty();
      assertThat(tab.requests())
          .allMatch(
              address -> address.startsWith("http://127.0.0.1:") || address.startsWith("about:"));
      tab.close();
    }
  }

  private Tab open(PageSite at, int width, int height, boolean dark) {
    Tab tab = chromium.open(width, height, dark);
    tabs.add(tab);
    tab.go(at.address());
    return tab;
  }

  private Tab open() {
    site.announce(PageSite.WORKER, List.of());
    Tab tab = open(site, 1360, 900, false);
    tab.awaitText("#link-text", "Live");
    tab.await("document.querySelectorAll('#messages tbody').length > 5");
    return tab;
  }

  @Test
  void showsAtAGlanceWhatIsWrong_andLooksRight() throws IOException {
    for (boolean dark : new boolean[] {false, true}) {
      site.announce(PageSite.WORKER, List.of());
      Tab tab = open(site, 1360, 900, dark);
      tab.awaitText("#word", "Attention");
      tab.awaitText("#reasons", "given up by the workers");
      tab.awaitText("#reasons", "parked");
      tab.awaitText("#dead", "Not a PDF");
      tab.awaitText("#workers", PageSite.WORKER);
      tab.awaitText("#mailboxes", "Parked");
      tab.await("document.querySelectorAll('.chart canvas').length === 3");
      tab.picture(PICTURES.resolve(dark ? "dark.png" : "light.png"));
      checkAccessibility(tab);
    }
    Tab narrow = open(site, 390, 844, false);
    narrow.awaitText("#word", "Attention");
    narrow.await("document.querySelectorAll('#messages tbody').length > 5");
    narrow.await("document.documentElement.scrollWidth <= innerWidth");
    narrow.picture(PICTURES.resolve("narrow.png"));
    checkAccessibility(narrow);
  }

  /** Runs outside of the page's policy, as DevTools do. */
  private static void checkAccessibility(Tab tab) throws IOException {
    try (InputStream in = PageTest.class.getResourceAsStream(AXE)) {
      tab.eval(new String(in.readAllBytes(), UTF_8) + "; true");
    }
    JsonNode violations =
        tab.eval(
            "axe.run().then((r) => r.violations.map((v) => ({id: v.id, nodes: v.nodes.map((n) => n.html + ' ' + n.failureSummary)})))");
    assertThat(violations).as(violations.toPrettyString()).isEmpty();
  }

  @Test
  void tellsTheWholeJourneyOfAnAttachment_alsoByKeyboard() {
    Tab tab = open();
    String first = "#messages tbody .subject";
    tab.eval("document.querySelector('" + first + "').focus()");
    tab.press("Enter");
    tab.awaitText("#messages .journey", "Seen by the monitor");
    tab.awaitText("#messages .journey", "Accepted and queued");
    assertThat(tab.eval("document.activeElement.getAttribute('aria-expanded')").asText())
        .isEqualTo("true");
    tab.press("Enter");
    tab.await("document.querySelector('#messages .journey') === null");

    String done = "[...document.querySelectorAll('#messages .mark.good')].at(-1)";
    tab.eval(done + ".closest('tr').querySelector('.subject').click()");
    tab.awaitText("#messages .journey", "by " + PageSite.WORKER);
    tab.awaitText("#messages .journey", "Marked or moved in its mailbox");
    assertThat(tab.text("#messages .journey")).contains("Attempt 1", "Done", "in 340 ms");
    tab.picture(PICTURES.resolve("journey.png"));
  }

  @Test
  void showsHostileMailAsTheTextThatItIs() {
    String script = "<script>alert(41)</script>";
    String image = "<img src=x onerror=alert(42)>";
    site.deliver(
        "claims@contoso.example",
        "\"" + image + "\" <evil@partner.example>",
        script + image + "\u202egnp.exe",
        image + ".pdf");
    Tab tab = open();
    tab.awaitText("#messages", script);
    assertThat(tab.text("#messages")).contains(image, image + ".pdf");
    tab.eval("document.querySelector('#messages .subject').click()");
    tab.awaitText("#messages .journey", image + ".pdf");
    tab.picture(PICTURES.resolve("hostile.png"));

    int before = site.queue.dead(0, 100).size();
    Polling.until("it is buried", () -> buryHostile(script));
    tab.awaitText("#dead", "because " + script);
    tab.awaitText("#dead", image + ".pdf");
    String newest = "#dead tbody:first-of-type";
    tab.click(newest + " [data-act=discard]");
    tab.awaitText("#question", image + ".pdf: its content is removed");
    tab.click("#question-yes");
    Polling.until("it is discarded", () -> site.queue.dead(0, 100).size() == before);
    assertThat(tab.eval("document.querySelectorAll('main script, main img').length").asInt())
        .isZero();
  }

  /** Its task is the last one that came. */
  private static boolean buryHostile(String reason) {
    long waiting = site.queue.stats().waiting();
    for (ClaimedTask task : waiting == 0 ? List.<ClaimedTask>of() : site.claim((int) waiting)) {
      if (new String(task.payload(), UTF_8).contains("alert(42)>.pdf")) {
        return site.queue.bury(task, "because " + reason);
      }
      site.queue.acknowledge(site.finished(task, PageSite.WORKER));
    }
    return false;
  }

  @Test
  void findsMessagesBySenderSubjectAndFileName() {
    Tab tab = open();
    tab.click("#q");
    tab.type("ANN lee");
    tab.press("Enter");
    tab.await("document.querySelectorAll('#messages tbody').length === 1");
    assertThat(tab.text("#messages")).contains("Invoice 4711", "invoice-4711.pdf");

    tab.eval("document.getElementById('q').value = '50%_'");
    tab.click("#search button[type=submit]");
    tab.awaitText("#messages-state", "Nothing is found.");
    tab.view(PICTURES.resolve("nothing-found.png"));

    tab.click("#search-clear");
    tab.await("document.querySelectorAll('#messages tbody').length > 5");
    tab.eval(
        "const o = document.getElementById('outcome'); o.value = 'skipped'; o.dispatchEvent(new Event('change'))");
    tab.awaitText("#news", "messages found");
    tab.await(
        "[...document.querySelectorAll('#messages tbody')].every((m) => m.innerText.includes('skipped'))");
  }

  @Test
  void givesDeadTasksAnotherChance() {
    site.deliver("orders@contoso.example", "bo@partner.example", "For redrive", "redrive.pdf");
    site.awaitWaiting(1);
    String claim = site.bury("the archive was full");
    Tab tab = open();
    tab.awaitText("#dead", "the archive was full");
    tab.click("#dead tbody[data-key='" + claim + "'] summary");
    tab.awaitText("#dead tbody[data-key='" + claim + "'] details", "attachment_filename");
    tab.click("#dead tbody[data-key='" + claim + "'] [data-act=redrive]");
    tab.awaitText("#news", "another chance");
    tab.await("document.querySelector(\"#dead tbody[data-key='" + claim + "']\") === null");
    assertThat(site.queue.dead(0, 100)).noneMatch(dead -> dead.claimId().equals(claim));
    tab.awaitText("#reasons", "given up");
  }

  @Test
  void asksBeforeItThrowsTasksAway() {
    site.deliver("orders@contoso.example", "bo@partner.example", "To be cleared", "clear.pdf");
    site.awaitWaiting(1);
    Tab tab = open();
    tab.click("#clear");
    tab.awaitText("#question", "Clear the queue?");
    assertThat(tab.eval("document.activeElement.value").asText()).isEqualTo("no");
    tab.view(PICTURES.resolve("question.png"));
    tab.press("Escape");
    tab.await("!document.getElementById('question').open");
    assertThat(site.queue.stats().waiting()).isPositive();

    tab.click("#clear");
    tab.click("#question-yes");
    tab.awaitText("#news", "thrown away");
    assertThat(site.queue.stats().waiting()).isZero();
  }

  @Test
  void looksAtTheMailboxesNow_andTellsWhatCameOfIt() {
    Tab tab = open();
    tab.click("#process-now");
    tab.awaitText("#news", "Looked at");
    assertThat(tab.text("#news")).contains("mailboxes in");
  }

  @Test
  void saysThatItIsDisconnected_andComesBackByItself() {
    Tab tab = open();
    tab.offline(true);
    tab.awaitText("#link-text", "Disconnected since");
    tab.awaitText("#word", "Disconnected");
    tab.awaitText("#reasons", "as it was then");
    tab.view(PICTURES.resolve("disconnected.png"));
    tab.offline(false);
    tab.awaitText("#link-text", "Live");
    tab.awaitText("#word", "Attention");
  }

  @Test
  void saysWhatIsThereWhenNothingHasComeYet_andWhatWaitsWhenRedisIsDown(@TempDir Path empty) {
    GraphSimulator.Builder mailboxes =
        GraphSimulator.builder().population(new Population(60, 0, 0, 100));
    Map<String, String> all = Map.of("EMAIL_GROUPS", "everybody@scale.example");
    try (PageSite quiet = new PageSite(mailboxes, empty, all)) {
      Tab tab = open(quiet, 1360, 900, false);
      tab.awaitText("#messages-state", "No message has come yet.");
      tab.awaitText("#workers-state", "No worker is alive");
      tab.awaitText("#mailboxes-pages", "mailboxes 1 to 25 of 60");
      tab.picture(PICTURES.resolve("empty.png"));
      findsMailboxes(tab);

      quiet.redis.kill();
      quiet.deliver(Population.address(7), "bo@partner.example", "Meanwhile", "meanwhile.pdf");
      tab.awaitText("#word", "Trouble");
      tab.awaitText("#reasons", "Nothing is lost");
      tab.awaitText("#waiting", "?");
      tab.awaitText("#stored", "1");
      tab.awaitText("#messages", "stored until Redis is back");
      tab.click("#messages .subject");
      tab.awaitText("#messages .journey", "Waits for Redis");
      tab.picture(PICTURES.resolve("trouble.png"));

      quiet.redis.restart();
      tab.awaitText("#messages .journey", "Queued");
      assertThat(tab.text("#messages .journey")).contains("because Redis was down", "on disk");
      tab.await("document.getElementById('stored').checkVisibility() === false");
    }
  }

  private static void findsMailboxes(Tab tab) {
    tab.click("#mailboxes-pages button:last-child");
    tab.awaitText("#mailboxes-pages", "mailboxes 26 to 50 of 60");
    tab.click("#mailbox-q");
    tab.type("ER005");
    tab.await("document.querySelectorAll('#mailboxes tbody').length === 10");
    tab.awaitText("#mailboxes-found", "10 mailboxes found");
    assertThat(tab.text("#mailboxes")).contains(Population.address(50)).doesNotContain("user0049");
    tab.eval("document.getElementById('mailbox-q').value = '<b>'");
    tab.press("Enter");
    tab.awaitText("#mailboxes-state", "No address holds this.");
    tab.eval("document.getElementById('mailbox-q').value = ''");
    tab.press("Enter");
    tab.awaitText("#mailboxes-pages", "mailboxes 1 to 25 of 60");
  }

  /** More than there are places for, and more than may be connected. */
  @Test
  void keepsTheMailMoving_whileAThousandWantToListen() throws IOException {
    List<Socket> listening = new ArrayList<>();
    try {
      int refused = 0;
      for (int i = 0; i < 1000; i++) {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port());
        String answer = ask(socket, "/events");
        if (answer.startsWith("HTTP/1.1 200")) {
          listening.add(socket);
        } else {
          assertThat(answer).startsWith("HTTP/1.1 503").contains("Retry-After: 60", "/dashboard");
          refused++;
          socket.close();
        }
      }
      assertThat(listening).hasSizeBetween(1, 64);
      assertThat(refused + listening.size()).isEqualTo(1000);

      String file = "while-all-listen.pdf";
      site.deliver("orders@contoso.example", "bo@partner.example", "While all listen", file);
      Tab tab = open(site, 1000, 700, false);
      tab.awaitText("#link-text", "Asks every 5 s");
      tab.awaitText("#messages", file);
      // Others count what waits. What was redriven comes before it.
      while (site.queue.stats().waiting() > 0) {
        site.queue.acknowledge(site.finished(site.claim(1).get(0), PageSite.WORKER));
      }
    } finally {
      for (Socket socket : listening) {
        socket.close();
      }
    }
    Polling.until("there is a place to listen", PageTest::hasPlaceForOneMore);
  }

  private static boolean hasPlaceForOneMore() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), site.port())) {
      return ask(socket, "/events").startsWith("HTTP/1.1 200");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The beginning of the answer, with all of a short one. */
  private static String ask(Socket socket, String target) throws IOException {
    String request = "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(UTF_8));
    StringBuilder answer = new StringBuilder();
    byte[] buffer = new byte[8192];
    int read = socket.getInputStream().read(buffer);
    while (read > 0) {
      answer.append(new String(buffer, 0, read, UTF_8));
      read = answer.indexOf("HTTP/1.1 200") == 0 ? -1 : socket.getInputStream().read(buffer);
    }
    return answer.toString();
  }

  @Test
  void letsInWhoShowsTheToken(@TempDir Path guarded) {
    Map<String, String> token =
        Map.of("API_TOKEN", "right-token", "EMAIL_GROUPS", "nobody@contoso.example");
    try (PageSite closed = new PageSite(GraphSimulator.builder(), guarded, token)) {
      Tab tab = open(closed, 1000, 700, false);
      tab.await("document.activeElement.id === 'token'");
      tab.type("wrong-token");
      tab.press("Enter");
      tab.awaitText("#sign-in-problem", "This is not the token");
      tab.view(PICTURES.resolve("sign-in.png"));
      tab.type("right-token");
      tab.press("Enter");
      tab.awaitText("#link-text", "Live");
      tab.click("#process-now");
      tab.awaitText("#news", "Looked at");
      tab.click("#sign-out");
      tab.await("document.getElementById('main')?.hidden");
    }
  }
}
