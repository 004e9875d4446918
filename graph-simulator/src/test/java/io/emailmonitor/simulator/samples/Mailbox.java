package io.emailmonitor.simulator.samples;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Collects the samples of one mailbox; each is received some hours after the one before. */
abstract class Mailbox {

  static final String PDF = "application/pdf";
  static final String DOCX =
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document";
  static final String XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

  private static final DateTimeFormatter MAIL_DATE =
      DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ENGLISH);

  private final String name;
  private final Map<String, byte[]> files = new LinkedHashMap<>();
  private String folder = "inbox";

  Mailbox(String name) {
    this.name = name;
  }

  final Map<String, byte[]> files() {
    return files;
  }

  final String address() {
    return name + "@contoso.example";
  }

  final void folder(String path) {
    folder = path;
  }

  /** A mail with the usual headers. */
  final void add(String file, String from, String subject, Part content) {
    add(file, content, "From: " + from, "Subject: " + subject);
  }

  /** A mail with a date and an id, and the given headers. */
  final void add(String file, Part content, String... headers) {
    String[] head = new String[headers.length + 3];
    System.arraycopy(headers, 0, head, 0, headers.length);
    head[headers.length] = "To: " + address();
    head[headers.length + 1] = "Date: " + date();
    head[headers.length + 2] = "Message-ID: <" + name + '-' + (files.size() + 1) + "@mail.example>";
    put(file, content.eml(head));
  }

  /** A mail as it is. */
  final void put(String file, byte[] eml) {
    String number = String.format(Locale.ROOT, "%02d", files.size() + 1);
    files.put(address() + '/' + folder + '/' + number + '-' + file + ".eml", eml);
  }

  private String date() {
    return MAIL_DATE.format(
        OffsetDateTime.of(2026, 1, 5, 8, 30, 0, 0, ZoneOffset.ofHours(1))
            .plusHours(7L * files.size() + name.length()));
  }
}
