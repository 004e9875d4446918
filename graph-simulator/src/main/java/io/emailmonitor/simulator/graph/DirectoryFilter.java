package io.emailmonitor.simulator.graph;

import java.util.Locale;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The {@code $filter} of users and groups: tests of the address, joined by {@code or}. */
final class DirectoryFilter {

  private static final Pattern OR = Pattern.compile("\\s+or\\s+(?=(?:[^']*'[^']*')*[^']*$)");
  private static final Pattern FUNCTION =
      Pattern.compile(
          "(endsWith|startsWith)\\(\\s*(mail|userPrincipalName)\\s*,\\s*'((?:[^']|'')*)'\\s*\\)(?:\\s+eq\\s+true)?",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern EQUAL =
      Pattern.compile(
          "(mail|userPrincipalName|id)\\s+eq\\s+'((?:[^']|'')*)'", Pattern.CASE_INSENSITIVE);

  private DirectoryFilter() {}

  /** On addresses in lower case. */
  static Predicate<String> parse(Call call) {
    String filter = call.option("filter").orElse("");
    if (filter.isEmpty()) {
      return address -> true;
    }
    Predicate<String> any = address -> false;
    for (String clause : OR.split(filter.strip(), -1)) {
      any = any.or(clause(call, clause.strip()));
    }
    return any;
  }

  private static Predicate<String> clause(Call call, String clause) {
    Matcher function = FUNCTION.matcher(clause);
    if (function.matches()) {
      String part = value(function.group(3));
      if (function.group(1).equalsIgnoreCase("startsWith")) {
        return address -> address.startsWith(part);
      }
      requireAdvanced(call);
      return address -> address.endsWith(part);
    }
    Matcher equal = EQUAL.matcher(clause);
    if (equal.matches()) {
      String whole = value(equal.group(2));
      return address -> address.equals(whole);
    }
    throw unsupported();
  }

  /** Graph answers the harder questions only to those who say that they know the price. */
  static void requireAdvanced(Call call) {
    boolean counts = call.option("count").filter("true"::equalsIgnoreCase).isPresent();
    if (!isEventual(call) || !counts) {
      throw unsupported();
    }
  }

  static boolean isEventual(Call call) {
    return call.request()
        .header("ConsistencyLevel")
        .filter("eventual"::equalsIgnoreCase)
        .isPresent();
  }

  private static GraphFailure unsupported() {
    return new GraphFailure(400, "Request_UnsupportedQuery", "Unsupported Query.");
  }

  private static String value(String literal) {
    return literal.replace("''", "'").toLowerCase(Locale.ROOT);
  }
}
