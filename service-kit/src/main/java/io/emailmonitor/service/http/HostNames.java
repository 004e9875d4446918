package io.emailmonitor.service.http;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Under which names a process may be asked, besides {@code localhost} and addresses.
 *
 * @param given in lower case; empty if nobody said
 */
public record HostNames(List<String> given) {
  /** What an entry must be, in words. */
  public static final String ALLOWED =
      "host names without port, such as monitor.company.com, or * for all";

  private static final String ALL = "*";
  private static final Pattern NAME = Pattern.compile("[\\p{L}\\p{N}_-]+(\\.[\\p{L}\\p{N}_-]+)*");
  private static final Pattern ADDRESS = Pattern.compile("\\[[0-9a-f:.]+]");

  public HostNames {
    given = List.copyOf(given);
  }

  /** Of a list with commas. */
  public static HostNames of(@Nullable String list) {
    return new HostNames(
        list == null
            ? List.of()
            : Arrays.stream(list.split(","))
                .map(HostNames::plain)
                .filter(name -> !name.isEmpty())
                .toList());
  }

  /** As names are compared. */
  static String plain(String name) {
    String plain = name.strip().toLowerCase(Locale.ROOT);
    return plain.endsWith(".") ? plain.substring(0, plain.length() - 1) : plain;
  }

  /** Entries that cannot be a host's name. */
  public List<String> wrong() {
    return given.stream()
        .filter(name -> !name.equals(ALL))
        .filter(name -> !NAME.matcher(name).matches() && !ADDRESS.matcher(name).matches())
        .toList();
  }

  boolean areAllAllowed() {
    return given.contains(ALL);
  }
}
