package io.emailmonitor.simulator;

import io.emailmonitor.simulator.store.Mailbox;
import io.emailmonitor.simulator.store.Tenant;
import java.util.ArrayList;
import java.util.List;

/**
 * Mailboxes full of made-up mail, for measuring: {@code user0001@scale.example} and so on, and the
 * group {@code everybody@scale.example}. The mail is made when it is asked for, and is the same in
 * every run.
 *
 * @param mailboxes how many there are
 * @param messages how many are in each inbox
 * @param largest how many are in the first one's instead; 0 for no exception
 * @param attachmentBytes how large a file is on average
 */
public record Population(int mailboxes, int messages, int largest, int attachmentBytes) {

  private static final String DOMAIN = "@scale.example";

  public Population {
    if (mailboxes < 1 || messages < 0 || largest < 0 || attachmentBytes < 100) {
      throw new IllegalArgumentException(
          "a population needs at least 1 mailbox and files of at least 100 bytes");
    }
  }

  /** The address of one of them, counted from 1. */
  public static String address(int number) {
    return String.format(java.util.Locale.ROOT, "user%04d%s", number, DOMAIN);
  }

  void fill(Tenant tenant) {
    List<String> members = new ArrayList<>();
    for (int i = 1; i <= mailboxes; i++) {
      String address = address(i);
      int size = i == 1 && largest > 0 ? largest : messages;
      Mailbox mailbox = tenant.mailboxAt(address);
      mailbox.begin(new MadeUpMail(address, size, attachmentBytes));
      members.add(address);
    }
    tenant.addGroup("everybody" + DOMAIN, members);
  }
}
