package io.emailmonitor.monitor.mailbox;

import java.util.Locale;

/**
 * A mailbox that is watched.
 *
 * @param address its address, in lower case: the key of everything recorded about it
 */
public record Mailbox(String address) {
  public Mailbox {
    address = address.toLowerCase(Locale.ROOT);
  }
}
