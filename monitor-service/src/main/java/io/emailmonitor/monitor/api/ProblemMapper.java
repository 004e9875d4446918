package io.emailmonitor.monitor.api;

import io.emailmonitor.monitor.mailbox.MailSourceException;
import io.emailmonitor.queue.QueueUnavailableException;
import io.emailmonitor.service.http.Problem;
import io.emailmonitor.service.http.ProblemErrors;
import jakarta.ws.rs.NotAllowedException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import java.util.Optional;
import java.util.UUID;
import org.glassfish.jersey.server.ParamException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever a route throws into a {@link Problem} that shows nothing of the inside. */
public final class ProblemMapper implements ExceptionMapper<Throwable> {
  private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);

  @Override
  public Response toResponse(Throwable failure) {
    if (failure instanceof ParamException.QueryParamException wrong) {
      return Problem.of(400, wrong.getParameterName() + " is not a number").response();
    }
    if (failure instanceof WebApplicationException refusal) {
      return refused(refusal);
    }
    if (failure instanceof QueueUnavailableException || failure instanceof MailSourceException) {
      return Problem.of(503, String.valueOf(failure.getMessage())).response();
    }
    Optional<Problem> badRequest = ProblemErrors.ofBadRequest(failure);
    if (badRequest.isPresent()) {
      return badRequest.get().response();
    }
    String reference = UUID.randomUUID().toString();
    LOG.error("A request failed unexpectedly; its answer names {}", reference, failure);
    return Problem.of(500, "Unexpected error; the log says more under " + reference).response();
  }

  private static Response refused(WebApplicationException refusal) {
    Response given = refusal.getResponse();
    if (given.hasEntity() || given.getStatus() < 400) {
      return given;
    }
    Response.ResponseBuilder answer =
        Response.fromResponse(Problem.of(given.getStatus(), detail(refusal)).response());
    String allowed = given.getHeaderString(HttpHeaders.ALLOW);
    return allowed == null ? answer.build() : answer.header(HttpHeaders.ALLOW, allowed).build();
  }

  private static String detail(WebApplicationException refusal) {
    if (refusal instanceof NotFoundException) {
      return "There is nothing at this address; GET /openapi.yaml describes what there is";
    }
    if (refusal instanceof NotAllowedException) {
      return "This address does not take this method";
    }
    return "The request was refused";
  }
}
