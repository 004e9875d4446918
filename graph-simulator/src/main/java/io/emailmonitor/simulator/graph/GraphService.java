package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Tenant;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Answers every request as Graph would. Safe for any number of threads. */
public final class GraphService {

  private static final System.Logger LOG = System.getLogger(GraphService.class.getName());
  private static final DateTimeFormatter WITHOUT_ZONE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private final Tenant tenant;
  private final String token;
  private final Clock clock;
  private final List<Route> routes = new ArrayList<>();

  /**
   * @param token what clients must send as bearer token
   */
  public GraphService(Tenant tenant, SyncStates states, String token, Clock clock) {
    this.tenant = tenant;
    this.token = token;
    this.clock = clock;
    Lookup lookup = new Lookup(tenant);
    routes.addAll(new DeltaRoutes(lookup, states).routes());
    routes.addAll(new DirectoryRoutes(tenant).routes());
    routes.addAll(new FolderRoutes(lookup).routes());
    routes.addAll(new MessageRoutes(lookup).routes());
    routes.addAll(new AttachmentRoutes(lookup).routes());
  }

  public GraphReply answer(GraphRequest request) {
    String requestId = UUID.randomUUID().toString();
    String clientId = request.header("client-request-id").orElse(requestId);
    GraphReply reply;
    try {
      reply = route(request);
    } catch (GraphFailure failure) {
      reply = error(failure, requestId, clientId);
    } catch (RuntimeException e) {
      LOG.log(Level.ERROR, "the simulator failed on request " + requestId, e);
      GraphFailure failure =
          new GraphFailure(500, "generalException", "The simulator failed: " + e);
      reply = error(failure, requestId, clientId);
    }
    return reply
        .with("request-id", requestId)
        .with("client-request-id", clientId)
        .with("Cache-Control", "private")
        .with("Strict-Transport-Security", "max-age=31536000")
        .with("OData-Version", "4.0")
        .with(
            "x-ms-ags-diagnostic",
            "{\"ServerInfo\":{\"DataCenter\":\"Simulator\",\"Slice\":\"E\",\"Ring\":\"1\"}}");
  }

  /** Whose mailbox a request is about. */
  public Optional<String> mailboxOf(GraphRequest request) {
    List<String> path = request.segments();
    return path.size() > 3 && path.get(1).equalsIgnoreCase("users")
        ? tenant.mailbox(path.get(2)).map(Mailbox::owner).map(owner -> owner.address())
        : Optional.empty();
  }

  private GraphReply route(GraphRequest request) {
    checkToken(request);
    List<String> segments = request.segments();
    if (segments.isEmpty() || !segments.get(0).equalsIgnoreCase("v1.0")) {
      throw GraphFailure.badRequest("Invalid version: '" + String.join("/", segments) + "'.");
    }
    List<String> path = Route.normalise(segments.subList(1, segments.size()));
    boolean pathExists = false;
    for (Route route : routes) {
      Optional<Map<String, String>> names = route.match(path);
      if (names.isPresent() && route.method().equals(request.method())) {
        Call call = new Call(request, Preferences.of(request), names.get());
        GraphReply reply = route.handler().apply(call);
        Optional<String> applied = call.preferences().applied();
        return applied.isPresent() ? reply.with("Preference-Applied", applied.get()) : reply;
      }
      pathExists |= names.isPresent();
    }
    if (pathExists) {
      throw new GraphFailure(
          405,
          "Request_BadRequest",
          "Specified HTTP method is not allowed for the request target.");
    }
    String last = path.isEmpty() ? "" : path.get(path.size() - 1);
    throw GraphFailure.badRequest("Resource not found for the segment '" + last + "'.");
  }

  private void checkToken(GraphRequest request) {
    String given = request.header("Authorization").orElse("");
    if (!given.equals("Bearer " + token)) {
      throw new GraphFailure(
          401,
          "InvalidAuthenticationToken",
          given.isEmpty() ? "Access token is empty." : "Access token validation failure.",
          Map.of(
              "WWW-Authenticate",
              "Bearer realm=\"\", authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
                  + " client_id=\"00000003-0000-0000-c000-000000000000\""));
    }
  }

  private GraphReply error(GraphFailure failure, String requestId, String clientId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode error = json.putObject("error");
    error.put("code", failure.code());
    error.put("message", failure.words());
    error
        .putObject("innerError")
        .put("date", WITHOUT_ZONE.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
        .put("request-id", requestId)
        .put("client-request-id", clientId);
    GraphReply reply = GraphReply.json(failure.status(), json);
    for (Map.Entry<String, String> header : failure.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }
}
