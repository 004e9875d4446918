package io.emailmonitor.simulator.fault;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.emailmonitor.simulator.graph.GraphService;
import io.emailmonitor.simulator.graph.PageQuirk;
import io.emailmonitor.simulator.http.Reply;
import io.emailmonitor.simulator.http.Transmission;
import io.emailmonitor.simulator.http.Transmission.Framing;
import io.emailmonitor.simulator.login.LoginError;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * What happens to a request: it is answered otherwise, something happens before it is answered, the
 * page of changes is odd, or the answer breaks on its way.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(value = Effect.Answer.class, name = "answer"),
  @JsonSubTypes.Type(value = Effect.GraphError.class, name = "error"),
  @JsonSubTypes.Type(value = Effect.Throttle.class, name = "throttle"),
  @JsonSubTypes.Type(value = Effect.ExpireTokens.class, name = "expireTokens"),
  @JsonSubTypes.Type(value = Effect.Login.class, name = "loginError"),
  @JsonSubTypes.Type(value = Effect.ExpireDeltaLinks.class, name = "expireDeltaLinks"),
  @JsonSubTypes.Type(value = Effect.MoveMessage.class, name = "moveMessage"),
  @JsonSubTypes.Type(value = Effect.DeleteMessage.class, name = "deleteMessage"),
  @JsonSubTypes.Type(value = Effect.Page.class, name = "page"),
  @JsonSubTypes.Type(value = Effect.Delay.class, name = "delay"),
  @JsonSubTypes.Type(value = Effect.Slow.class, name = "slow"),
  @JsonSubTypes.Type(value = Effect.Cut.class, name = "cut"),
  @JsonSubTypes.Type(value = Effect.Reset.class, name = "reset"),
  @JsonSubTypes.Type(value = Effect.WrongLength.class, name = "wrongLength"),
})
public sealed interface Effect {

  /**
   * Answers a request that the fault befalls.
   *
   * @param next the answer that there would be otherwise
   */
  Reply around(Scene scene, Function<Scene, Reply> next);

  /** These bytes instead of Graph's, such as a gateway's HTML or nothing at all. */
  record Answer(int status, Map<String, String> headers, String body) implements Effect {

    public Answer {
      headers = headers == null ? Map.of() : Map.copyOf(headers);
      body = body == null ? "" : body;
      requireStatus(status);
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      Reply reply =
          body.isEmpty()
              ? Reply.empty(status)
              : Reply.bytes(
                  status, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8));
      for (Map.Entry<String, String> header : headers.entrySet()) {
        reply = reply.with(header.getKey(), header.getValue());
      }
      return reply;
    }
  }

  /**
   * An error in Graph's shape. What is not given follows from the code, for codes that are known.
   */
  record GraphError(String code, Integer status, String message, Map<String, String> headers)
      implements Effect {

    public GraphError {
      if (code == null) {
        throw new IllegalArgumentException("an error needs a code such as ErrorAccessDenied");
      }
      KnownError known = KnownError.of(code).orElse(null);
      if (status == null && known == null) {
        throw new IllegalArgumentException(
            "the code '" + code + "' needs a status; known codes are " + KnownError.codes());
      }
      status = status == null && known != null ? (Integer) known.status() : status;
      message = message == null ? (known == null ? "" : known.message()) : message;
      headers = headers == null ? Map.of() : Map.copyOf(headers);
      requireStatus(status);
    }

    public static GraphError of(String code) {
      return of(code, Map.of());
    }

    @SuppressWarnings("NullAway") // the canonical constructor takes nulls for what is not given
    public static GraphError of(String code, Map<String, String> headers) {
      return new GraphError(code, null, null, headers);
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      if (status == 410) {
        String path = scene.target().path().replace(" ", "%20");
        all.putIfAbsent("Location", scene.request().baseUri() + path + "?$deltatoken=");
      }
      return scene.refuse(status, code, message, all);
    }
  }

  /**
   * The mailbox answers 429 until that time is over, to this request and to all others about it.
   */
  record Throttle(Duration time, RetryAfter retryAfter) implements Effect {

    /** How the client is told when to come again. */
    public enum RetryAfter {
      SECONDS,
      DATE,
      NONE
    }

    public Throttle {
      requireTime(time);
      retryAfter = retryAfter == null ? RetryAfter.SECONDS : retryAfter;
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      scene.world().throttles().start(scene, time, retryAfter);
      return scene.world().throttles().refusal(scene).orElseGet(() -> next.apply(scene));
    }
  }

  /**
   * The request is answered with 401, and no access token that was given out so far is good any
   * more. The simulator's own token, which nobody can renew, is refused this once.
   *
   * @param claims whether the challenge asks for claims, as when access was reviewed; Microsoft's
   *     SDKs ask for another token by themselves only then
   */
  record ExpireTokens(boolean claims) implements Effect {

    private static final String ASKED =
        Base64.getEncoder()
            .encodeToString(
                "{\"access_token\":{\"nbf\":{\"essential\":true,\"value\":\"1\"}}}"
                    .getBytes(StandardCharsets.UTF_8));

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      scene.world().tokens().expireAll();
      String challenge =
          GraphService.CHALLENGE
              + (claims
                  ? ", error=\"insufficient_claims\", claims=\"" + ASKED + '"'
                  : ", error=\"invalid_token\"");
      return scene.refuse(
          401,
          "InvalidAuthenticationToken",
          "Access token has expired or is not yet valid.",
          Map.of("WWW-Authenticate", challenge));
    }
  }

  /** The login service refuses, with a code that it is known to refuse with. */
  record Login(int code) implements Effect {

    public Login {
      if (LoginError.of(code).isEmpty()) {
        throw new IllegalArgumentException(
            "the code " + code + " is not among those of the login service: " + LoginError.codes());
      }
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      return LoginError.of(code).orElseThrow().reply(scene.world().clock());
    }
  }

  /** All delta links of the folder that were given out so far are dead. */
  record ExpireDeltaLinks() implements Effect {

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      scene.target().folder().ifPresent(folder -> scene.world().states().forget(folder.id()));
      return next.apply(scene);
    }
  }

  /** The message that the request is about goes to another folder just before. */
  record MoveMessage(String folder) implements Effect {

    public MoveMessage {
      if (folder == null || folder.isBlank()) {
        throw new IllegalArgumentException("moveMessage needs a folder such as inbox/Done");
      }
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      scene.moveMessage(folder);
      return next.apply(scene);
    }
  }

  /** The message that the request is about is deleted just before. */
  record DeleteMessage() implements Effect {

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      scene.deleteMessage();
      return next.apply(scene);
    }
  }

  /** A page of changes is odd. */
  record Page(PageQuirk quirk) implements Effect {

    public Page {
      if (quirk == null) {
        throw new IllegalArgumentException(
            "page needs a quirk: " + java.util.List.of(PageQuirk.values()));
      }
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      return next.apply(scene.with(quirk));
    }
  }

  /** Nothing comes for a time. */
  record Delay(Duration time) implements Effect {

    public Delay {
      requireTime(time);
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      return sent(next.apply(scene), how -> how.delayedBy(time));
    }
  }

  /** The body trickles. */
  record Slow(int bytesPerSecond) implements Effect {

    public Slow {
      if (bytesPerSecond < 1) {
        throw new IllegalArgumentException("'bytesPerSecond' must be at least 1");
      }
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      return sent(next.apply(scene), how -> how.slowedTo(bytesPerSecond));
    }
  }

  /** The connection ends within the body, or before its end is marked. */
  record Cut(long afterBytes, Framing framing, boolean reset) implements Effect {

    public Cut {
      framing = framing == null ? Framing.CHUNKED : framing;
      if (afterBytes < 0) {
        throw new IllegalArgumentException("'afterBytes' must be at least 0");
      }
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      return sent(next.apply(scene), how -> how.framedBy(framing).cutAfter(afterBytes, reset));
    }
  }

  /** The connection is reset instead of an answer. The request has taken effect. */
  record Reset() implements Effect {

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      return sent(next.apply(scene), how -> how.cutAfter(Transmission.NOT_EVEN_THE_HEAD, true));
    }
  }

  /** The stated length is off by that many bytes; below zero, the body looks complete too early. */
  record WrongLength(int bytes) implements Effect {

    public WrongLength {
      if (bytes == 0) {
        throw new IllegalArgumentException("'bytes' must be other than 0");
      }
    }

    @Override
    public Reply around(Scene scene, Function<Scene, Reply> next) {
      return sent(next.apply(scene), how -> how.lyingBy(bytes));
    }
  }

  private static Reply sent(Reply reply, UnaryOperator<Transmission> change) {
    return reply.over(change.apply(reply.transmission()));
  }

  private static void requireStatus(int status) {
    if (status < 200 || status > 599) {
      throw new IllegalArgumentException("'status' must be 200 to 599, but was " + status);
    }
  }

  private static void requireTime(Duration time) {
    if (time == null || time.isNegative() || time.isZero()) {
      throw new IllegalArgumentException("'time' must be given and above 0, such as 5s");
    }
  }
}
