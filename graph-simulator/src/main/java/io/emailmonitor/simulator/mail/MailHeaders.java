package io.emailmonitor.simulator.mail;

import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.InternetHeaders;
import jakarta.mail.internet.MailDateFormat;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the header lines that a mail program shows. */
final class MailHeaders {

  private final InternetHeaders headers;

  MailHeaders(InternetHeaders headers) {
    this.headers = headers;
  }

  @Nullable String text(String name) {
    return PartHead.first(headers, name).map(HeaderText::decode).orElse(null);
  }

  @Nullable MailAddress address(String name) {
    List<MailAddress> all = addresses(name);
    return all.isEmpty() ? null : all.get(0);
  }

  List<MailAddress> addresses(String name) {
    String line =
        HeaderText.utf8(PartHead.first(headers, name).orElse("").replaceAll("[\\r\\n]", ""));
    List<MailAddress> found = new ArrayList<>();
    try {
      for (InternetAddress address : InternetAddress.parseHeader(line, false)) {
        String personal = address.getPersonal();
        String mailbox = address.getAddress() == null ? "" : address.getAddress();
        found.add(
            new MailAddress(personal == null ? mailbox : HeaderText.decode(personal), mailbox));
      }
    } catch (AddressException e) {
      found.add(new MailAddress(HeaderText.decode(line), ""));
    }
    return found;
  }

  @Nullable Instant date() {
    return PartHead.first(headers, "Date").map(MailHeaders::instant).orElse(null);
  }

  @Nullable Instant received() {
    return PartHead.first(headers, "Received")
        .map(line -> instant(line.substring(line.lastIndexOf(';') + 1)))
        .orElse(null);
  }

  List<Mail.Header> all() {
    List<Mail.Header> lines = new ArrayList<>();
    headers
        .getAllHeaders()
        .asIterator()
        .forEachRemaining(
            header ->
                lines.add(
                    new Mail.Header(
                        header.getName(),
                        header.getValue() == null ? "" : HeaderText.decode(header.getValue()))));
    return lines;
  }

  private static @Nullable Instant instant(String date) {
    // A new one each time: the class is not safe for several threads.
    @Nullable Date parsed = new MailDateFormat().parse(date.strip(), new ParsePosition(0));
    return parsed == null ? null : parsed.toInstant();
  }
}
