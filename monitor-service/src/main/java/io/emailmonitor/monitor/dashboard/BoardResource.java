package io.emailmonitor.monitor.dashboard;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.stream.Collectors;

/** All parts of the page at once, for those who ask instead of listening. */
@Path("/dashboard")
@Produces(MediaType.APPLICATION_JSON)
public final class BoardResource {
  private final Board board;

  BoardResource(Board board) {
    this.board = board;
  }

  @GET
  public String board() {
    board.refresh();
    return board.parts().stream()
        .map(part -> '"' + part.name() + "\":" + part.json())
        .collect(Collectors.joining(",", "{", "}"));
  }
}
