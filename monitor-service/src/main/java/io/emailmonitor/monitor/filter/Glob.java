package io.emailmonitor.monitor.filter;

import io.emailmonitor.monitor.mailbox.Likeness;

/**
 * A pattern for a whole text: {@code *} stands for any text, also none, {@code ?} for one
 * character, anything else for {@linkplain Likeness itself}; a backslash takes the character after
 * it as it is. Brackets and slashes mean nothing special, since subjects and names are full of
 * them. The time that matching takes grows in step with the text's length. Immutable.
 */
final class Glob {
  private static final int MOST_CHARACTERS = 200;
  private static final int ANY = -1;
  private static final int ONE = -2;

  /** Stand for the wildcards while the text around them is normalised: they are no characters. */
  private static final char ANY_MARK = '\ufdd0';

  private static final char ONE_MARK = '\ufdd1';

  private final String pattern;
  private final int[] tokens;

  private Glob(String pattern, int[] tokens) {
    this.pattern = pattern;
    this.tokens = tokens;
  }

  /**
   * Reads a pattern.
   *
   * @throws IllegalArgumentException if it is none, with the reason as in {@code is too long}
   */
  static Glob of(String pattern) {
    if (pattern.length() > MOST_CHARACTERS) {
      throw new IllegalArgumentException("is longer than " + MOST_CHARACTERS + " characters");
    }
    if (pattern.chars().anyMatch(c -> c == ANY_MARK || c == ONE_MARK)) {
      throw new IllegalArgumentException("contains what is not a character");
    }
    int[] tokens =
        Likeness.of(marked(pattern))
            .codePoints()
            .map(c -> c == ANY_MARK ? ANY : c == ONE_MARK ? ONE : c)
            .toArray();
    if (tokens.length == 0) {
      throw new IllegalArgumentException("contains nothing that can be seen");
    }
    return new Glob(pattern, tokens);
  }

  private static String marked(String pattern) {
    StringBuilder marked = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char c = pattern.charAt(i);
      if (c == '\\') {
        i++;
        if (i == pattern.length() || "*?\\".indexOf(pattern.charAt(i)) < 0) {
          throw new IllegalArgumentException("has a backslash that is not before *, ? or \\");
        }
        marked.append(pattern.charAt(i));
      } else {
        marked.append(c == '*' ? ANY_MARK : c == '?' ? ONE_MARK : c);
      }
    }
    return marked.toString();
  }

  boolean matchesEverything() {
    for (int token : tokens) {
      if (token != ANY) {
        return false;
      }
    }
    return true;
  }

  /** Only the last star is ever tried anew: what those before it took need not be less. */
  boolean matches(String text) {
    int[] chars = Likeness.of(text).codePoints().toArray();
    int at = 0;
    int token = 0;
    int star = -1;
    int starEnd = 0;
    while (at < chars.length) {
      int wanted = token < tokens.length ? tokens[token] : 0;
      if (token < tokens.length && (wanted == chars[at] || wanted == ONE)) {
        at++;
        token++;
      } else if (wanted == ANY) {
        star = token++;
        starEnd = at;
      } else if (star >= 0) {
        token = star + 1;
        at = ++starEnd;
      } else {
        return false;
      }
    }
    while (token < tokens.length && tokens[token] == ANY) {
      token++;
    }
    return token == tokens.length;
  }

  @Override
  public String toString() {
    return pattern;
  }
}
