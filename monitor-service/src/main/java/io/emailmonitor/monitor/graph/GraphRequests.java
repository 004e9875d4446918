package io.emailmonitor.monitor.graph;

import com.microsoft.graph.serviceclient.GraphServiceClient;
import com.microsoft.kiota.ApiException;
import io.emailmonitor.monitor.mailbox.Mailbox;
import java.io.InputStream;
import java.util.function.Function;

/**
 * Sends requests: within the limits, and with every failure told in the mailbox vocabulary. Safe
 * for several threads.
 */
final class GraphRequests {
  private final GraphConnection connection;
  private final RequestLimits limits;

  GraphRequests(GraphConnection connection, RequestLimits limits) {
    this.connection = connection;
    this.limits = limits;
  }

  /** Sends a request that concerns one mailbox. */
  <T> T send(Operation operation, Mailbox mailbox, Function<GraphServiceClient, T> request) {
    return send(operation, limits.acquire(mailbox), request);
  }

  /** Sends a request that concerns no mailbox. */
  <T> T send(Operation operation, Function<GraphServiceClient, T> request) {
    return send(operation, limits.acquire(), request);
  }

  /** Sends a request without waiting for those in flight, to see whether Graph answers. */
  <T> T sendAtOnce(Operation operation, Function<GraphServiceClient, T> request) {
    return send(operation, () -> {}, request);
  }

  /** Opens an answer that counts as in flight until it is closed. */
  InputStream open(
      Operation operation, Mailbox mailbox, Function<GraphServiceClient, InputStream> request) {
    RequestLimits.Permit permit = limits.acquire(mailbox);
    boolean opened = false;
    try {
      InputStream content = call(operation, request);
      opened = true;
      return new HeldStream(content == null ? InputStream.nullInputStream() : content, permit);
    } finally {
      if (!opened) {
        permit.release();
      }
    }
  }

  private <T> T send(
      Operation operation, RequestLimits.Permit permit, Function<GraphServiceClient, T> request) {
    T answer;
    try {
      answer = call(operation, request);
    } finally {
      permit.release();
    }
    if (answer == null) {
      throw operation.unusable("the answer was empty");
    }
    return answer;
  }

  /** Sends it again with a new token, once, if Graph does not take the old one. */
  private <T> T call(Operation operation, Function<GraphServiceClient, T> request) {
    GraphServiceClient client = connection.client();
    Login login = connection.login();
    int session = login.session();
    try {
      return request.apply(client);
    } catch (RuntimeException e) {
      if (!isTokenRefused(e) || !login.renew(session)) {
        throw Failures.of(operation, e);
      }
    }
    try {
      return request.apply(client);
    } catch (RuntimeException e) {
      throw Failures.of(operation, e);
    }
  }

  private static boolean isTokenRefused(RuntimeException e) {
    ApiException refusal = Failures.find(e, ApiException.class);
    return refusal != null && refusal.getResponseStatusCode() == 401;
  }
}
