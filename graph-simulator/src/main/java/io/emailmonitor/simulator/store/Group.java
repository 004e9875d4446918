package io.emailmonitor.simulator.store;

import java.util.List;

/**
 * One group of the directory.
 *
 * @param address lower case
 * @param members addresses of people and of other groups
 */
public record Group(String id, String address, String displayName, List<String> members) {

  public Group {
    members = List.copyOf(members);
  }
}
