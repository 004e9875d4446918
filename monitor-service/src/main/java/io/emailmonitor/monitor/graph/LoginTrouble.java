package io.emailmonitor.monitor.graph;

import com.azure.core.http.HttpHeaderName;
import com.azure.core.http.HttpPipelineCallContext;
import com.azure.core.http.HttpResponse;
import com.azure.core.http.policy.HttpPipelineSyncPolicy;
import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.monitor.mailbox.MailSourceException.Kind;
import java.time.Clock;

/**
 * Tells of a login service that is busy or broken while its status is still known: Microsoft's
 * login library takes what it cannot read for a refusal.
 */
final class LoginTrouble extends HttpPipelineSyncPolicy {
  @Override
  protected HttpResponse afterReceivedResponse(
      HttpPipelineCallContext context, HttpResponse response) {
    int status = response.getStatusCode();
    if (status != 429 && status < 500) {
      return response;
    }
    response.close();
    throw new MailSourceException(
        status == 429 ? Kind.THROTTLED : Kind.UNAVAILABLE,
        "Getting a token failed: the login service "
            + (status == 429 ? "asks us to wait" : "is in trouble")
            + " (status "
            + status
            + ")",
        RetryAfter.parse(response.getHeaderValue(HttpHeaderName.RETRY_AFTER), Clock.systemUTC()),
        null);
  }
}
