package io.emailmonitor.simulator;

import io.emailmonitor.simulator.fault.Fault;
import io.emailmonitor.simulator.fault.Faults;
import io.emailmonitor.simulator.graph.GraphService;
import io.emailmonitor.simulator.graph.PageQuirk;
import io.emailmonitor.simulator.graph.RequestLimits;
import io.emailmonitor.simulator.graph.SyncStates;
import io.emailmonitor.simulator.http.HttpFront;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import io.emailmonitor.simulator.login.AccessTokens;
import io.emailmonitor.simulator.login.App;
import io.emailmonitor.simulator.login.LoginService;
import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.store.Tenant;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Microsoft Graph mail, played by this machine: serves {@code .eml} files as the real SDK expects
 * them. Safe for any number of threads.
 */
public final class GraphSimulator implements AutoCloseable {

  private final Builder settings;
  private final AdjustableClock clock;
  private final Tenant tenant;
  private final Mailroom mailroom;
  private final SyncStates states;
  private final GraphService service;
  private final AccessTokens tokens;
  private final LoginService login;
  private final Faults faults;
  private final ControlRoutes control = new ControlRoutes(this);
  private final RequestLimits limits;
  private final HttpFront front;
  private final MailSupply supply;

  private GraphSimulator(Builder settings) throws IOException {
    this.settings = settings;
    this.clock = new AdjustableClock(settings.clock);
    this.tenant = new Tenant(clock);
    this.mailroom = new Mailroom(tenant);
    this.states = new SyncStates(settings.keptDeltaLinks);
    this.tokens = new AccessTokens(clock, settings.tokenLifetime);
    this.login =
        new LoginService(
            settings.apps.isEmpty() ? List.of(App.DEFAULT) : settings.apps, tokens, clock);
    this.service = new GraphService(tenant, states, this::isGood, clock);
    this.faults = new Faults(service, states, tokens, this::serve, clock, settings.seed);
    settings.faults.forEach(faults::add);
    this.limits =
        new RequestLimits(
            service,
            clock,
            request -> tokens.clientOf(request.bearer()).orElse(""),
            settings.concurrentRequests,
            settings.requestsPerWindow);
    this.supply = new MailSupply(settings.mail, tenant);
    this.front = new HttpFront(settings.host, settings.port, settings.tls, this::answer);
  }

  private Reply answer(Request request) {
    List<String> path = request.segments();
    if (!path.isEmpty() && path.get(0).equals(ControlRoutes.ROOT)) {
      return control.answer(request);
    }
    return limits.answer(request, faults::answer);
  }

  private Reply serve(Request request, Set<PageQuirk> quirks) {
    return login.answer(request).orElseGet(() -> service.answer(request, quirks));
  }

  /** Whether Graph takes this access token. */
  boolean isGood(String bearer) {
    return bearer.equals(settings.token) || tokens.clientOf(bearer).isPresent();
  }

  public static Builder builder() {
    return new Builder();
  }

  /** Loads the mail, then answers. Fails when the data folder cannot be read. */
  public GraphSimulator start() throws IOException {
    supply.load();
    front.start();
    return this;
  }

  @Override
  public void close() {
    supply.close();
    front.close();
  }

  /** What to give to a Graph client as base URL, such as {@code http://127.0.0.1:PORT/v1.0}. */
  public URI baseUri() {
    return URI.create(front.uri() + "/v1.0");
  }

  /** Where tokens are given out, for those who do not use {@link #token()}. */
  public URI authorityHost() {
    return URI.create(front.uri());
  }

  /** No access token that was given out so far is good any more; {@link #token()} stays. */
  public void expireTokens() {
    tokens.expireAll();
  }

  /** How many access tokens were given out. */
  public long issuedTokens() {
    return tokens.issued();
  }

  /** The bearer token that clients can send without logging in. */
  public String token() {
    return settings.token;
  }

  /**
   * New mail, received now. Mailbox and folder are made when they are not there.
   *
   * @param folder a path such as {@code inbox/Invoices}, or an id
   * @param eml must not be written to any more
   * @return the message's immutable id
   */
  public String deliver(String mailbox, String folder, byte[] eml) {
    return mailroom.deliver(mailbox, folder, eml);
  }

  /** The message leaves its folder and comes into the other; the target is made when needed. */
  public void move(String mailbox, String messageId, String folder) {
    mailroom.move(mailbox, messageId, folder);
  }

  public void delete(String mailbox, String messageId) {
    mailroom.delete(mailbox, messageId);
  }

  /** The folder is called otherwise from now on; its id stays, as do well-known names. */
  public void renameFolder(String mailbox, String folder, String name) {
    mailroom.renameFolder(mailbox, folder, name);
  }

  /** The folder and all below it come below the other one, which is made when needed. */
  public void moveFolder(String mailbox, String folder, String target) {
    mailroom.moveFolder(mailbox, folder, target);
  }

  /** The folder is gone for good, with all that was in and below it. */
  public void deleteFolder(String mailbox, String folder) {
    mailroom.deleteFolder(mailbox, folder);
  }

  public void markRead(String mailbox, String messageId, boolean read) {
    mailroom.markRead(mailbox, messageId, read);
  }

  /**
   * The message gets an attachment more, as when a mail is edited after it came.
   *
   * @param content must not be written to any more
   * @return the attachment's id, in the form that goes with immutable ids
   */
  public String attach(
      String mailbox, String messageId, String name, String contentType, byte[] content) {
    return mailroom.attach(mailbox, messageId, MailAttachment.of(name, contentType, content));
  }

  /** What goes wrong, and what is to go wrong from now on. */
  public Faults faults() {
    return faults;
  }

  /** The simulator's own time, which says when mail is received and how long a fault lasts. */
  public Instant now() {
    return clock.instant();
  }

  /** Puts the simulator's own time forward. */
  public void advance(Duration time) {
    clock.advance(time);
  }

  /** All delta links of a folder that were given out so far answer 410 from now on. */
  public void expireDeltaLinks(String mailbox, String folder) {
    states.forget(mailroom.folder(mailbox, folder).id());
  }

  /** What is held at this moment, and what was held before. */
  public Truth truth() {
    return Truth.of(tenant);
  }

  /** The same for one mailbox, where all together would be too much. */
  public Truth truth(String mailbox) {
    return Truth.of(mailroom.mailbox(mailbox));
  }

  /** How much there is, without keeping it all in memory at once. */
  public Totals totals() {
    return Totals.of(tenant);
  }

  /** The most requests about a mailbox that were in flight at the same time. */
  public int maxInFlight(String mailbox) {
    return limits.asked(mailbox.toLowerCase(Locale.ROOT)).maxInFlight();
  }

  /** All requests about a mailbox so far. */
  public long requests(String mailbox) {
    return limits.asked(mailbox.toLowerCase(Locale.ROOT)).requests();
  }

  Map<String, RequestLimits.Asked> requestCounts() {
    return limits.all();
  }

  /** What to serve, and how. */
  public static final class Builder {

    private final MailSupply.Sources mail = new MailSupply.Sources();
    private String token = "simulator-token";
    private String host = "127.0.0.1";
    private int port;
    private int keptDeltaLinks = 4;
    private int concurrentRequests = 4;
    private int requestsPerWindow = 10_000;
    private Clock clock = Clock.systemUTC();
    private final List<Fault> faults = new ArrayList<>();
    private final List<App> apps = new ArrayList<>();
    private Duration tokenLifetime = Duration.ofSeconds(3599);
    private @Nullable SSLContext tls;
    private long seed;

    private Builder() {}

    /**
     * Serves {@code <root>/<mailbox address>/<folder path>/*.eml}; files that appear later are new
     * mail. Groups stand in {@code <root>/_groups.json}: address -> list of members.
     */
    public Builder data(Path root) {
      mail.data = root;
      return this;
    }

    /** Serves the samples of this module. */
    public Builder samples() {
      mail.samples = true;
      return this;
    }

    /** Serves made-up mail in any number. */
    public Builder population(Population mailboxes) {
      mail.population = mailboxes;
      return this;
    }

    /** What clients must send; they can also log in. */
    public Builder token(String bearerToken) {
      token = bearerToken;
      return this;
    }

    /** The address to listen on, by default that of loopback; 0.0.0.0 lets other machines in. */
    public Builder host(String address) {
      host = address;
      return this;
    }

    /** 0, as by default, for a free one. */
    public Builder port(int wanted) {
      port = wanted;
      return this;
    }

    /** How many of a reader's latest delta links work; older ones answer 410. */
    public Builder keptDeltaLinks(int count) {
      keptDeltaLinks = count;
      return this;
    }

    /** How many requests a mailbox serves at the same time; more are answered with 429. */
    public Builder concurrentRequests(int most) {
      concurrentRequests = most;
      return this;
    }

    /** How many requests a mailbox serves in ten minutes; more are answered with 429. */
    public Builder requestsPerTenMinutes(int most) {
      requestsPerWindow = most;
      return this;
    }

    /** Keeps delivering variations of the samples. */
    public Builder newMailEvery(Duration interval) {
      mail.newMailEvery = interval;
      return this;
    }

    /** How often the data folder is looked at. */
    public Builder dataPollInterval(Duration interval) {
      mail.dataPollInterval = interval;
      return this;
    }

    /** Tells when new mail is received. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /** Goes wrong from the start. */
    public Builder fault(Fault fault) {
      faults.add(fault);
      return this;
    }

    /** Takes faults, seed and applications from a file. */
    public Builder scenario(Path file) throws IOException {
      Scenario scenario = Scenario.read(file);
      faults.addAll(scenario.faults());
      apps.addAll(scenario.apps());
      Duration lifetime = scenario.tokenLifetime();
      if (lifetime != null) {
        tokenLifetime = lifetime;
      }
      Long seedOfFile = scenario.seed();
      return seedOfFile == null ? this : seed(seedOfFile);
    }

    /** Can log in; without any, {@link App#DEFAULT} can. */
    public Builder app(App app) {
      apps.add(app);
      return this;
    }

    /** How long access tokens are good that are given out. */
    public Builder tokenLifetime(Duration lifetime) {
      tokenLifetime = lifetime;
      return this;
    }

    /** Serves HTTPS; Microsoft's login libraries talk to nothing else. */
    public Builder tls(SSLContext context) {
      tls = context;
      return this;
    }

    /** What faults with a probability are drawn from. */
    public Builder seed(long number) {
      seed = number;
      return this;
    }

    /** Takes the port; nothing is answered before {@link GraphSimulator#start()}. */
    public GraphSimulator build() throws IOException {
      return new GraphSimulator(this);
    }
  }
}
