package io.emailmonitor.service.logging;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;

/** Adds to a line for people which mailbox and task it is about, unless it says so itself. */
public final class ConcerningConverter extends ClassicConverter {
  @Override
  public String convert(ILoggingEvent event) {
    StringBuilder added = new StringBuilder();
    for (String key : Concerning.KEYS) {
      String value = event.getMDCPropertyMap().get(key);
      if (value != null && !event.getFormattedMessage().contains(value)) {
        added.append(added.isEmpty() ? " (" : ", ").append(key).append(' ').append(value);
      }
    }
    return added.isEmpty() ? "" : added.append(')').toString();
  }
}
