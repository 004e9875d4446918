package io.emailmonitor.monitor.graph;

import com.microsoft.graph.models.odataerrors.MainError;
import com.microsoft.graph.models.odataerrors.ODataError;
import com.microsoft.kiota.ApiException;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.time.Clock;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what the SDK threw in the mailbox vocabulary. Graph's own messages stay out: they can name
 * addresses; its code and request id lead to them.
 */
final class Failures {
  private Failures() {}

  static MailSourceException of(Operation operation, RuntimeException thrown) {
    MailSourceException told = find(thrown, MailSourceException.class);
    if (told != null) {
      return told;
    }
    ApiException refusal = find(thrown, ApiException.class);
    if (refusal != null) {
      return refused(operation, refusal);
    }
    IOException io = find(thrown, IOException.class);
    if (io != null) {
      return unreachable(operation, io);
    }
    return new MailSourceException(
        Kind.UNAVAILABLE,
        operation.words + " failed: the answer is cut or is not Graph's JSON",
        null,
        thrown);
  }

  private static MailSourceException refused(Operation operation, ApiException e) {
    Refusal refusal = refusal(e);
    Kind kind = refusal.kind(operation.subject);
    StringBuilder message = new StringBuilder(operation.words);
    message.append(" failed: ").append(refusal.words(operation, kind));
    message.append(" (status ").append(refusal.status());
    if (!refusal.code().isEmpty()) {
      message.append(", ").append(refusal.code());
    }
    String requestId = first(e, "request-id");
    if (requestId != null) {
      message.append(", request-id ").append(requestId);
    }
    return new MailSourceException(
        kind,
        message.append(')').toString(),
        RetryAfter.parse(first(e, "Retry-After"), Clock.systemUTC()),
        null);
  }

  private static Refusal refusal(ApiException e) {
    MainError error = e instanceof ODataError graph ? graph.getError() : null;
    String code = error == null || error.getCode() == null ? "" : error.getCode();
    String message = error == null || error.getMessage() == null ? "" : error.getMessage();
    return new Refusal(e.getResponseStatusCode(), code, message);
  }

  private static MailSourceException unreachable(Operation operation, IOException e) {
    if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
      // Okio tells an interrupt this way.
      Thread.currentThread().interrupt();
      return new MailSourceException(
          Kind.UNAVAILABLE, operation.words + " was interrupted", null, e);
    }
    return new MailSourceException(
        Kind.UNAVAILABLE,
        "%s failed: no connection to Graph, or it broke (%s)"
            .formatted(operation.words, e.getMessage() == null ? e : e.getMessage()),
        null,
        e);
  }

  private static @Nullable String first(ApiException e, String header) {
    Set<String> values = e.getResponseHeaders().get(header);
    return values == null || values.isEmpty() ? null : values.iterator().next();
  }

  static <T extends Throwable> @Nullable T find(Throwable thrown, Class<T> type) {
    for (Throwable t = thrown; t != null; t = t.getCause()) {
      if (type.isInstance(t)) {
        return type.cast(t);
      }
    }
    return null;
  }
}
