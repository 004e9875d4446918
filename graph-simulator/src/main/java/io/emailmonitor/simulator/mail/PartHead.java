package io.emailmonitor.simulator.mail;

import jakarta.mail.internet.InternetHeaders;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a part's header says of it.
 *
 * @param type lower case, without parameters
 */
record PartHead(
    String type,
    @Nullable String boundary,
    @Nullable String disposition,
    @Nullable String name,
    @Nullable String charset,
    @Nullable String contentId,
    @Nullable String encoding) {

  static PartHead of(InternetHeaders headers, String defaultType) {
    ParameterizedValue type =
        ParameterizedValue.parse(first(headers, "Content-Type").orElse(defaultType));
    ParameterizedValue disposition =
        ParameterizedValue.parse(first(headers, "Content-Disposition").orElse(""));
    String name = disposition.parameters().get("filename");
    return new PartHead(
        type.value().matches("[^/\\s]+/[^/\\s]+") ? type.value() : "text/plain",
        type.parameters().get("boundary"),
        disposition.value().isEmpty() ? null : disposition.value(),
        name == null ? type.parameters().get("name") : name,
        type.parameters().get("charset"),
        first(headers, "Content-ID").map(PartHead::withoutBrackets).orElse(null),
        first(headers, "Content-Transfer-Encoding").orElse(null));
  }

  boolean isMultipart() {
    return type.startsWith("multipart/");
  }

  boolean isMessage() {
    return type.equals("message/rfc822") || type.equals("message/global");
  }

  /** Text without a name that nobody calls an attachment is the mail's body. */
  boolean isBody() {
    return (type.equals("text/plain") || type.equals("text/html"))
        && name == null
        && !"attachment".equals(disposition);
  }

  /** Whether it is shown within the body rather than listed. */
  boolean isInline(boolean related) {
    return "inline".equals(disposition)
        || (related && contentId != null && !"attachment".equals(disposition));
  }

  private static String withoutBrackets(String id) {
    return id.strip().replaceAll("^<|>$", "");
  }

  static Optional<String> first(InternetHeaders headers, String name) {
    String[] values = headers.getHeader(name);
    return values == null ? Optional.empty() : Optional.of(values[0]);
  }

  static String lower(String value) {
    return value.strip().toLowerCase(Locale.ROOT);
  }
}
