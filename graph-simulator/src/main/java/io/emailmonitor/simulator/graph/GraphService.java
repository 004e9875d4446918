package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Request;
import io.emailmonitor.simulator.http.Route;
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
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Microsoft Graph, as far as it is there. Safe for any number of threads. */
public final class GraphService {

  private static final System.Logger LOG = System.getLogger(GraphService.class.getName());

  /** What comes with a 401; claims can follow. */
  public static final String CHALLENGE =
      "Bearer realm=\"\","
          + " authorization_uri=\"https://login.microsoftonline.com/common/oauth2/authorize\","
          + " client_id=\"00000003-0000-0000-c000-000000000000\"";

  private static final DateTimeFormatter WITHOUT_ZONE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss", Locale.ROOT);

  private final Tenant tenant;
  private final Predicate<String> access;
  private final Clock clock;
  private final List<Route<Handler>> routes = new ArrayList<>();

  /**
   * @param access tells good bearer tokens
   */
  public GraphService(Tenant tenant, SyncStates states, Predicate<String> access, Clock clock) {
    this.tenant = tenant;
    this.access = access;
    this.clock = clock;
    Lookup lookup = new Lookup(tenant);
    routes.addAll(new DeltaRoutes(lookup, states).routes());
    routes.addAll(new DirectoryRoutes(tenant).routes());
    routes.addAll(new FolderRoutes(lookup).routes());
    routes.addAll(new MessageRoutes(lookup).routes());
    routes.addAll(new AttachmentRoutes(lookup).routes());
  }

  /**
   * Answers as Graph would.
   *
   * @param quirks what is odd about pages of changes
   */
  public Reply answer(Request request, Set<PageQuirk> quirks) {
    return framed(request, () -> route(request, quirks));
  }

  /** What a request is about. */
  public Target target(Request request) {
    return Target.of(request, tenant);
  }

  /** An error in Graph's shape that this service would not give by itself. */
  public Reply refuse(
      Request request, int status, String code, String message, Map<String, String> headers) {
    return framed(
        request,
        () -> {
          throw new GraphFailure(status, code, message, headers);
        });
  }

  private Reply framed(Request request, Supplier<Reply> answer) {
    String requestId = UUID.randomUUID().toString();
    String clientId = request.header("client-request-id").orElse(requestId);
    Reply reply;
    try {
      reply = answer.get();
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

  private Reply route(Request request, Set<PageQuirk> quirks) {
    checkToken(request);
    List<String> path = GraphPath.of(request);
    if (!GraphPath.isGraphs(request)) {
      throw GraphFailure.badRequest("Invalid version: '" + String.join("/", path) + "'.");
    }
    boolean pathExists = false;
    for (Route<Handler> route : routes) {
      Optional<Map<String, String>> names = route.match(path);
      if (names.isPresent() && route.method().equals(request.method())) {
        Call call = new Call(request, Preferences.of(request), quirks, names.get());
        Reply reply = route.handler().answer(call);
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

  private void checkToken(Request request) {
    if (!access.test(request.bearer())) {
      throw new GraphFailure(
          401,
          "InvalidAuthenticationToken",
          request.bearer().isEmpty()
              ? "Access token is empty."
              : "Access token validation failure.",
          Map.of("WWW-Authenticate", CHALLENGE));
    }
  }

  private Reply error(GraphFailure failure, String requestId, String clientId) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode error = json.putObject("error");
    error.put("code", failure.code());
    error.put("message", failure.words());
    error
        .putObject("innerError")
        .put("date", WITHOUT_ZONE.format(LocalDateTime.ofInstant(clock.instant(), ZoneOffset.UTC)))
        .put("request-id", requestId)
        .put("client-request-id", clientId);
    Reply reply = Reply.json(failure.status(), json);
    for (Map.Entry<String, String> header : failure.headers().entrySet()) {
      reply = reply.with(header.getKey(), header.getValue());
    }
    return reply;
  }
}
