package io.emailmonitor.simulator.graph;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The {@code $expand} option of messages.
 *
 * @param attachments what of the attachments is wanted; null when they are not
 */
record Expansion(@Nullable Selection attachments) {

  static final Expansion NONE = new Expansion(null);

  private static final Pattern ATTACHMENTS =
      Pattern.compile(
          "attachments\\s*(?:\\(\\s*\\$?select\\s*=([^)]*)\\))?", Pattern.CASE_INSENSITIVE);

  static Expansion parse(String option) {
    if (option.isBlank()) {
      return NONE;
    }
    Matcher matcher = ATTACHMENTS.matcher(option.strip());
    if (matcher.matches()) {
      String select = matcher.group(1);
      return new Expansion(Selection.parse(select == null ? "" : select, AttachmentJson.TYPE));
    }
    String name = option.toLowerCase(Locale.ROOT);
    if (name.contains("extendedproperties") || name.startsWith("extensions")) {
      return NONE;
    }
    throw GraphFailure.unknownProperty(option, "message");
  }
}
