package io.emailmonitor.monitor.api;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.emailmonitor.service.http.AccessFilter;
import io.emailmonitor.service.http.Audit;
import io.emailmonitor.service.http.Doorkeeper;
import io.emailmonitor.service.http.Problem;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lets browsers in that show the token once, so that no page has to keep it. */
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
public final class SignInResource {
  private final Optional<Doorkeeper> doorkeeper;
  private final ObjectMapper mapper;

  /**
   * @param doorkeeper empty when nobody needs a token
   */
  public SignInResource(Optional<Doorkeeper> doorkeeper, ObjectMapper mapper) {
    this.doorkeeper = doorkeeper;
    this.mapper = mapper;
  }

  record State(boolean required, boolean signedIn) {}

  /** Whether a token is needed, and whether this browser has shown it. */
  @GET
  @Path("sign-in")
  public State state(@Context HttpServletRequest request) {
    return new State(
        doorkeeper.isPresent(), doorkeeper.flatMap(keeper -> keeper.session(request)).isPresent());
  }

  /** Takes {@code {"token": "..."}}. */
  @POST
  @Path("sign-in")
  @Consumes(MediaType.APPLICATION_JSON)
  public Response signIn(@Context HttpServletRequest request, InputStream body) throws IOException {
    Doorkeeper keeper = keeper();
    return switch (keeper.judge(request.getRemoteAddr(), token(body))) {
      case WELCOME -> {
        Audit.result(request, "signed in");
        yield cookie(request, keeper.signIn());
      }
      case WRONG -> {
        Audit.result(request, "wrong token");
        throw Problem.of(401, "This is not the token that API_TOKEN holds").exception();
      }
      case TOO_MANY -> throw Problem.tooManyWrongTokens().exception();
    };
  }

  @POST
  @Path("sign-out")
  public Response signOut(@Context HttpServletRequest request) {
    keeper().signOut(request);
    return cookie(request, "");
  }

  private static Response cookie(HttpServletRequest request, String value) {
    return Response.noContent()
        .header(HttpHeaders.SET_COOKIE, Doorkeeper.setCookie(request, value))
        .build();
  }

  private Doorkeeper keeper() {
    return doorkeeper.orElseThrow(
        () ->
            Problem.of(409, "No API_TOKEN is set, so there is nothing to sign in to").exception());
  }

  /** A body of any length may come; a little more than the most is read, and then it is refused. */
  private String token(InputStream body) throws IOException {
    byte[] start = body.readNBytes(AccessFilter.LARGEST_BODY + 1);
    if (start.length > AccessFilter.LARGEST_BODY) {
      throw Problem.tooLarge().exception();
    }
    JsonNode token = parsed(start).path("token");
    if (!token.isTextual()) {
      throw Problem.of(400, "The body must be JSON as in {\"token\": \"...\"}").exception();
    }
    return token.textValue();
  }

  private JsonNode parsed(byte[] json) throws IOException {
    try {
      JsonNode tree = mapper.readTree(json);
      return tree == null ? MissingNode.getInstance() : tree;
    } catch (JacksonException e) {
      return MissingNode.getInstance();
    }
  }
}
