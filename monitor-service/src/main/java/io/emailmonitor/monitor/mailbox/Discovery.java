package io.emailmonitor.monitor.mailbox;

import java.util.List;
import java.util.Map;

/**
 * What the configured entries stand for now.
 *
 * @param mailboxes in a stable order
 * @param userIds by what those mailboxes are asked for whose address is not their user's name
 * @param problems entries that could not be resolved, with the reason in words
 */
public record Discovery(
    List<Mailbox> mailboxes, Map<Mailbox, String> userIds, Map<String, String> problems) {
  public Discovery {
    mailboxes = List.copyOf(mailboxes);
    userIds = Map.copyOf(userIds);
    problems = Map.copyOf(problems);
  }
}
