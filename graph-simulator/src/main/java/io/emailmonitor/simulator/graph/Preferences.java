package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.http.Request;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the {@code Prefer} header asks for; it holds for the one request that carries it.
 *
 * @param pageSize 0 when none is asked for
 */
record Preferences(boolean immutableIds, boolean textBody, boolean unsafeHtml, int pageSize) {

  private static final int LARGEST_PAGE = 1000;
  private static final Pattern IMMUTABLE = pattern("IdType\\s*=\\s*\"?ImmutableId\"?");
  private static final Pattern TEXT = pattern("outlook\\.body-content-type\\s*=\\s*\"?text\"?");
  private static final Pattern UNSAFE = pattern("outlook\\.allow-unsafe-html");
  private static final Pattern PAGE = pattern("odata\\.maxpagesize\\s*=\\s*\"?(\\d{1,6})\"?");

  static Preferences of(Request request) {
    String prefer = request.header("Prefer").orElse("");
    Matcher page = PAGE.matcher(prefer);
    int size = page.find() ? Integer.parseInt(page.group(1)) : 0;
    return new Preferences(
        IMMUTABLE.matcher(prefer).find(),
        TEXT.matcher(prefer).find(),
        UNSAFE.matcher(prefer).find(),
        Math.min(size, LARGEST_PAGE));
  }

  /** What a reply says of those that were followed. */
  Optional<String> applied() {
    StringBuilder applied = new StringBuilder();
    if (immutableIds) {
      applied.append("IdType=\"ImmutableId\"");
    }
    if (textBody) {
      applied.append(applied.isEmpty() ? "" : ", ").append("outlook.body-content-type=\"text\"");
    }
    if (pageSize > 0) {
      applied.append(applied.isEmpty() ? "" : ", ").append("odata.maxpagesize=").append(pageSize);
    }
    return applied.isEmpty() ? Optional.empty() : Optional.of(applied.toString());
  }

  private static Pattern pattern(String regex) {
    return Pattern.compile(regex, Pattern.CASE_INSENSITIVE);
  }
}
