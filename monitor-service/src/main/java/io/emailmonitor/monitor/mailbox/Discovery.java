package io.emailmonitor.monitor.mailbox;

import java.util.List;
import java.util.Map;

/**
 * What the configured entries stand for now.
 *
 * @param mailboxes in a stable order
 * @param problems entries that could not be resolved, with the reason in words
 */
public record Discovery(List<Mailbox> mailboxes, Map<String, String> problems) {
  public Discovery {
    mailboxes = List.copyOf(mailboxes);
    problems = Map.copyOf(problems);
  }
}
