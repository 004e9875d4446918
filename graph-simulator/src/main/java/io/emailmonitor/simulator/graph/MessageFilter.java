package io.emailmonitor.simulator.graph;

import io.emailmonitor.simulator.mail.MailAddress;
import io.emailmonitor.simulator.store.Message;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The {@code $filter} of messages: comparisons joined by {@code and}. */
final class MessageFilter implements Predicate<Message> {

  private static final Pattern AND = Pattern.compile("\\s+and\\s+(?=(?:[^']*'[^']*')*[^']*$)");
  private static final Pattern CLAUSE =
      Pattern.compile("([A-Za-z/]+)\\s+(eq|ne|ge|gt|le|lt)\\s+('(?:[^']|'')*'|\\S+)");

  private final List<Clause> clauses;

  private MessageFilter(List<Clause> clauses) {
    this.clauses = clauses;
  }

  static MessageFilter parse(String filter) {
    List<Clause> clauses = new ArrayList<>();
    if (!filter.isBlank()) {
      for (String text : AND.split(filter.strip(), -1)) {
        Matcher matcher = CLAUSE.matcher(text.strip().replaceAll("^\\(|\\)$", ""));
        if (!matcher.matches()) {
          throw GraphFailure.badRequest("Invalid filter clause: '" + text + "'.");
        }
        clauses.add(new Clause(matcher.group(1), matcher.group(2), value(matcher.group(3))));
      }
    }
    return new MessageFilter(clauses);
  }

  /** Delta allows nothing but a lower bound on the time of arrival. */
  static MessageFilter parseForDelta(String filter) {
    MessageFilter parsed = parse(filter);
    for (Clause clause : parsed.clauses) {
      if (!clause.property().equalsIgnoreCase("receivedDateTime")
          || !List.of("ge", "gt").contains(clause.operator())) {
        throw GraphFailure.badRequest("The given filter is not supported with change tracking.");
      }
    }
    return parsed;
  }

  boolean isEmpty() {
    return clauses.isEmpty();
  }

  boolean speaksOf(String property) {
    return clauses.stream().anyMatch(clause -> clause.property().equalsIgnoreCase(property));
  }

  @Override
  public boolean test(Message message) {
    return clauses.stream().allMatch(clause -> clause.holds(message));
  }

  private static String value(String literal) {
    return literal.startsWith("'")
        ? literal.substring(1, literal.length() - 1).replace("''", "'")
        : literal;
  }

  private record Clause(String property, String operator, String value) {

    boolean holds(Message message) {
      return switch (property.toLowerCase(Locale.ROOT)) {
        case "receiveddatetime", "createddatetime" -> compare(message.received());
        case "lastmodifieddatetime" -> compare(message.modified());
        case "hasattachments" -> equal(Boolean.toString(message.hasAttachments()));
        case "isread" -> equal(Boolean.toString(message.read()));
        case "subject" -> equal(message.mail().subject());
        case "internetmessageid" -> equal(MessageJson.internetMessageId(message));
        case "from/emailaddress/address" -> equal(address(message.mail().from()));
        default -> throw GraphFailure.unknownProperty(property, "message");
      };
    }

    private static @Nullable String address(@Nullable MailAddress from) {
      return from == null ? null : from.address().toLowerCase(Locale.ROOT);
    }

    private boolean equal(@Nullable String actual) {
      return switch (operator) {
        case "eq" -> Objects.equals(actual, value);
        case "ne" -> !Objects.equals(actual, value);
        default -> throw GraphFailure.badRequest("'" + operator + "' does not fit " + property);
      };
    }

    private boolean compare(Instant actual) {
      int order = actual.compareTo(instant(value));
      return switch (operator) {
        case "eq" -> order == 0;
        case "ne" -> order != 0;
        case "ge" -> order >= 0;
        case "gt" -> order > 0;
        case "le" -> order <= 0;
        default -> order < 0;
      };
    }

    private static Instant instant(String text) {
      try {
        return text.contains("T")
            ? OffsetDateTime.parse(text.replace(' ', '+')).toInstant()
            : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
      } catch (DateTimeException e) {
        throw GraphFailure.badRequest("'" + text + "' is no date and time.");
      }
    }
  }
}
