package io.emailmonitor.simulator.store;

import io.emailmonitor.simulator.mail.Mail;
import java.time.Instant;

/**
 * Mail that lies in an inbox from the beginning and is made each time it is asked for, so that a
 * large mailbox needs no memory. The same number gives the same mail each time. Safe for any number
 * of threads.
 */
public interface Backlog {

  /** How many there are; they are numbered from 1, oldest first. */
  int size();

  Mail mail(int number);

  Instant received(int number);

  /** All attachments together, about. */
  long bytes();
}
