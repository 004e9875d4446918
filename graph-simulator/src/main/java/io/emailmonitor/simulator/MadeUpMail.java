package io.emailmonitor.simulator;

import io.emailmonitor.simulator.mail.Content;
import io.emailmonitor.simulator.mail.Mail;
import io.emailmonitor.simulator.mail.MailAddress;
import io.emailmonitor.simulator.mail.MailAttachment;
import io.emailmonitor.simulator.store.Backlog;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** Mail of a mailbox, made from its address and a number. Safe for any number of threads. */
final class MadeUpMail implements Backlog {

  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final int SECONDS_BETWEEN = 60;
  private static final byte[] PDF = "%PDF-1.7\n".getBytes(StandardCharsets.US_ASCII);

  private final String address;
  private final int size;
  private final int attachmentBytes;

  MadeUpMail(String address, int size, int attachmentBytes) {
    this.address = address;
    this.size = size;
    this.attachmentBytes = attachmentBytes;
  }

  @Override
  public int size() {
    return size;
  }

  /** One attachment for each message, on average. */
  @Override
  public long bytes() {
    return (long) size * attachmentBytes;
  }

  @Override
  public Instant received(int number) {
    return FIRST.plusSeconds((long) number * SECONDS_BETWEEN);
  }

  @Override
  public Mail mail(int number) {
    SplittableRandom random = random(number);
    MailAddress from =
        new MailAddress("Partner " + number % 100, "p" + number % 100 + "@partner.example");
    MailAddress to = new MailAddress(address, address);
    List<MailAttachment> attachments = attachments(number, random);
    String subject = "Delivery " + number;
    String text = "Please find what we agreed on attached.\r\n";
    String messageId = "<" + number + '.' + address + ">";
    return new Mail(
        subject,
        messageId,
        from,
        from,
        List.of(to),
        List.of(),
        List.of(),
        received(number),
        received(number),
        text,
        null,
        List.of(),
        attachments,
        Content.made(() -> eml(subject, messageId, from, text, attachments)));
  }

  /** None to three, one on average; one in twenty is inline. */
  private List<MailAttachment> attachments(int number, SplittableRandom random) {
    int count = Math.max(0, random.nextInt(4) - random.nextInt(2));
    List<MailAttachment> attachments = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      int bytes = attachmentBytes / 2 + random.nextInt(attachmentBytes);
      boolean pdf = random.nextInt(3) > 0;
      boolean inline = random.nextInt(20) == 0;
      long seed = random.nextLong();
      String name = "document-" + number + '-' + i + (pdf ? ".pdf" : ".csv");
      attachments.add(
          new MailAttachment(
              MailAttachment.Kind.FILE,
              name,
              name,
              pdf ? "application/pdf" : "text/csv",
              inline,
              inline ? "image" + i : null,
              Content.made(bytes, () -> pdf ? pdf(seed, bytes) : csv(seed, bytes)),
              null));
    }
    return attachments;
  }

  private SplittableRandom random(int number) {
    return new SplittableRandom(((long) address.hashCode() << 32) ^ number * 0x9E3779B97F4A7C15L);
  }

  private static byte[] pdf(long seed, int size) {
    byte[] bytes = new byte[size];
    new java.util.Random(seed).nextBytes(bytes);
    System.arraycopy(PDF, 0, bytes, 0, PDF.length);
    return bytes;
  }

  private static byte[] csv(long seed, int size) {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder csv = new StringBuilder(size + 32);
    while (csv.length() < size) {
      csv.append(random.nextInt(1_000_000)).append(';').append(random.nextInt(1000)).append("\r\n");
    }
    csv.setLength(size);
    return csv.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] eml(
      String subject,
      String messageId,
      MailAddress from,
      String text,
      List<MailAttachment> attachments) {
    StringBuilder eml = new StringBuilder();
    eml.append("Subject: ").append(subject).append("\r\nMessage-ID: ").append(messageId);
    eml.append("\r\nFrom: ").append(from.address());
    eml.append("\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_\"\r\n\r\n");
    eml.append("--=_\r\nContent-Type: text/plain\r\n\r\n").append(text);
    for (MailAttachment attachment : attachments) {
      eml.append("\r\n--=_\r\nContent-Type: ").append(attachment.contentType());
      eml.append("\r\nContent-Transfer-Encoding: base64\r\nContent-Disposition: ");
      eml.append(attachment.inline() ? "inline" : "attachment");
      eml.append("; filename=\"").append(attachment.shownName()).append("\"\r\n\r\n");
      eml.append(Base64.getMimeEncoder().encodeToString(attachment.content().bytes()));
    }
    return eml.append("\r\n--=_--\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
