package io.emailmonitor.monitor.ledger;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Which messages somebody looks for.
 *
 * @param words each must occur, in any case, in the subject, the sender or the name of an
 *     attachment
 * @param outcome what became of at least one attachment; null for any
 * @param mailbox where the message is; null for anywhere
 */
public record MailFilter(List<String> words, @Nullable Outcome outcome, @Nullable String mailbox) {
  /** Every message. */
  public static final MailFilter ALL = new MailFilter(List.of(), null, null);

  /** More would only cost time. */
  private static final int MOST_WORDS = 8;

  public MailFilter {
    words = List.copyOf(words.subList(0, Math.min(words.size(), MOST_WORDS)));
  }

  /** The words of a text as people type it. */
  public static List<String> words(String text) {
    return Arrays.stream(text.toLowerCase(Locale.ROOT).split("\\s+", -1))
        .filter(word -> !word.isEmpty())
        .distinct()
        .toList();
  }
}
