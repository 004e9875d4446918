package io.emailmonitor.monitor.api;

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

/** Stands before every route: asks the gates, and adds the headers that keep browsers careful. */
public final class AccessFilter extends HttpFilter {
  private static final long serialVersionUID = 1;

  private final transient List<Gate> gates;
  private final transient ObjectMapper mapper;

  /**
   * @param token what every request must carry, if anything
   * @param loopbackOnly whether only this machine can connect
   */
  public AccessFilter(Optional<String> token, boolean loopbackOnly, ObjectMapper mapper) {
    List<Gate> chosen = new ArrayList<>();
    if (loopbackOnly) {
      chosen.add(new LocalHostGate());
    }
    token.ifPresent(secret -> chosen.add(new TokenGate(secret)));
    chosen.add(new OriginGate());
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
        refuse(response, objection.get());
        return;
      }
    }
    chain.doFilter(request, response);
  }

  private void refuse(HttpServletResponse response, Problem problem) throws IOException {
    response.setStatus(problem.status());
    if (problem.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer realm=\"email-monitor\"");
    }
    response.setContentType(Problem.MEDIA_TYPE.toString());
    mapper.writeValue(response.getOutputStream(), problem);
  }
}
