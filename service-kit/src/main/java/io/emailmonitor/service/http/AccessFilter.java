package io.emailmonitor.service.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Stands before every route: asks the gates, adds the headers that keep browsers careful, and has
 * changes audited.
 */
public final class AccessFilter extends HttpFilter {
  /** No route has use for a larger body. */
  public static final int LARGEST_BODY = 16 * 1024;

  private static final long serialVersionUID = 1;

  private final transient List<Gate> gates;
  private final transient Audit audit = new Audit();
  private final transient ObjectMapper mapper;

  /**
   * @param doorkeeper asks for a token; empty if none is needed
   * @param open the paths that need no token, as they stand in the request, before any decoding
   * @param names under which the process may be asked
   * @param loopbackOnly whether only this machine can connect
   */
  public AccessFilter(
      Optional<Doorkeeper> doorkeeper,
      Predicate<String> open,
      HostNames names,
      boolean loopbackOnly,
      ObjectMapper mapper) {
    List<Gate> chosen = new ArrayList<>();
    HostGate.of(names, loopbackOnly, doorkeeper.isPresent()).ifPresent(chosen::add);
    // Before the token: another site's page must not use up the attempts of whose browser it is in.
    chosen.add(new OriginGate());
    doorkeeper.ifPresent(keeper -> chosen.add(new TokenGate(keeper, open)));
    chosen.add(new BodyGate());
    this.gates = List.copyOf(chosen);
    this.mapper = mapper;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    SecurityHeaders.ALL.forEach(response::setHeader);
    for (Gate gate : gates) {
      Optional<Problem> objection = gate.objection(request);
      if (objection.isPresent()) {
        refuse(request, response, objection.get());
        return;
      }
    }
    try {
      chain.doFilter(request, response);
    } finally {
      if (Requests.changes(request)) {
        audit.changed(request, response.getStatus());
      }
    }
  }

  private void refuse(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    boolean withToken = request.getHeader("Authorization") != null;
    if (Requests.changes(request) || withToken) {
      audit.refused(request, problem);
    }
    problem.answer(response, mapper);
  }
}
