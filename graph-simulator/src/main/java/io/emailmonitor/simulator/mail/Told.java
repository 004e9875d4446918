package io.emailmonitor.simulator.mail;

import jakarta.mail.internet.InternetHeaders;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a part's own headers tell of the attachments that it holds, so that the simulator need not
 * know their format: {@code X-Graph-Contained: <size> <sha256> <name, percent-encoded>}, one for
 * each.
 */
final class Told {

  private static final String HEADER = "X-Graph-Contained";

  private Told() {}

  static List<MailAttachment> within(InternetHeaders headers) {
    String[] values = headers.getHeader(HEADER);
    return values == null ? List.of() : Stream.of(values).map(Told::attachment).toList();
  }

  private static MailAttachment attachment(String value) {
    String[] words = value.strip().split("\\s+", 3);
    String name = URLDecoder.decode(words[2], StandardCharsets.UTF_8);
    return new MailAttachment(
        MailAttachment.Kind.FILE,
        name,
        name,
        "application/octet-stream",
        false,
        null,
        Content.told(Integer.parseInt(words[0]), words[1]),
        null);
  }
}
