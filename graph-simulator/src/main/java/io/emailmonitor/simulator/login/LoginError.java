package io.emailmonitor.simulator.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.emailmonitor.simulator.http.Reply;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * A refusal of the login service.
 *
 * @param code the number after {@code AADSTS}
 * @param error OAuth's name for it
 */
public record LoginError(int code, int status, String error, String message) {

  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  static final LoginError NO_CLIENT =
      new LoginError(
          900144,
          400,
          "invalid_request",
          "The request body must contain the following parameter: 'client_id'.");
  static final LoginError WRONG_GRANT =
      new LoginError(
          70003, 400, "unsupported_grant_type", "The app requested an unsupported grant type.");
  static final LoginError WRONG_SCOPE =
      new LoginError(
          1002012,
          400,
          "invalid_scope",
          "The provided value for scope is not valid. Client credential flows must have a scope"
              + " value with /.default suffixed to the resource identifier (application ID URI).");
  static final LoginError UNKNOWN_TENANT =
      new LoginError(
          90002,
          400,
          "invalid_request",
          "Tenant not found. Check to make sure you have the correct tenant ID and are signing into"
              + " the correct cloud.");
  static final LoginError UNKNOWN_APP =
      new LoginError(
          700016,
          400,
          "unauthorized_client",
          "Application with that identifier was not found in the directory. You may have sent your"
              + " authentication request to the wrong tenant.");
  static final LoginError NO_CREDENTIAL =
      new LoginError(
          7000218,
          401,
          "invalid_client",
          "The request body must contain the following parameter: 'client_assertion' or"
              + " 'client_secret'.");
  static final LoginError WRONG_SECRET =
      new LoginError(
          7000215,
          401,
          "invalid_client",
          "Invalid client secret provided. Ensure the secret being sent in the request is the client"
              + " secret value, not the client secret ID.");
  static final LoginError EXPIRED_SECRET =
      new LoginError(
          7000222,
          401,
          "invalid_client",
          "The provided client secret keys are expired. Create new keys for your app.");
  static final LoginError WRONG_CERTIFICATE =
      new LoginError(
          700027,
          401,
          "invalid_client",
          "The certificate with identifier used to sign the client assertion is not registered on"
              + " application.");
  static final LoginError ASSERTION_OUT_OF_TIME =
      new LoginError(
          700024, 401, "invalid_client", "Client assertion is not within its valid time range.");
  static final LoginError TRANSIENT =
      new LoginError(
          90033, 503, "temporarily_unavailable", "A transient error has occurred. Try again.");
  static final LoginError BLOCKED =
      new LoginError(
          53003, 400, "invalid_grant", "Access has been blocked by Conditional Access policies.");

  private static final List<LoginError> KNOWN =
      List.of(
          NO_CLIENT,
          WRONG_GRANT,
          WRONG_SCOPE,
          UNKNOWN_TENANT,
          UNKNOWN_APP,
          NO_CREDENTIAL,
          WRONG_SECRET,
          EXPIRED_SECRET,
          WRONG_CERTIFICATE,
          ASSERTION_OUT_OF_TIME,
          TRANSIENT,
          BLOCKED);

  /** What that code means, for codes that are known. */
  public static Optional<LoginError> of(int code) {
    return KNOWN.stream().filter(known -> known.code == code).findFirst();
  }

  /** The codes that are known. */
  public static List<Integer> codes() {
    return KNOWN.stream().map(LoginError::code).toList();
  }

  /** The refusal as the login service writes it. */
  public Reply reply(Clock clock) {
    String trace = UUID.randomUUID().toString();
    String correlation = UUID.randomUUID().toString();
    String timestamp = TIMESTAMP.format(clock.instant());
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("error", error);
    json.put(
        "error_description",
        "AADSTS"
            + code
            + ": "
            + message
            + " Trace ID: "
            + trace
            + " Correlation ID: "
            + correlation
            + " Timestamp: "
            + timestamp);
    json.putArray("error_codes").add(code);
    json.put("timestamp", timestamp);
    json.put("trace_id", trace);
    json.put("correlation_id", correlation);
    json.put("error_uri", "https://login.microsoftonline.com/error?code=" + code);
    return Reply.json(status, json).with("Content-Type", "application/json; charset=utf-8");
  }
}
