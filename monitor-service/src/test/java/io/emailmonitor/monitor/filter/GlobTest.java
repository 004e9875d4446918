package io.emailmonitor.monitor.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          *               | anything at all
          *.pdf           | invoice.pdf
          *.PDF           | Invoice.pdf
          *invoice*       | Your INVOICE no. 7
          invoice ?.pdf   | invoice 7.pdf
          ?.pdf           | 😀.pdf
          *@partner.org   | Jo@Partner.org
          a*b*c           | a/b\\b/c
          [ext] *         | [EXT]  RE: offer
          straße*         | STRASSE 1
          *rechnung für*  | Rechnung fu\u0308r Mai
          *draft*         | dra\u200bft.pdf
          *draft*         | ｄｒａｆｔ.pdf
          100\\*.pdf      | 100*.pdf
          a\\\\?          | a\\b
          """)
  void matchesTheWholeText_asPeopleReadIt(String pattern, String text) {
    assertThat(Glob.of(pattern).matches(text)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          invoice         | Your invoice
          *.pdf           | invoice.pdf.exe
          ?.pdf           | .pdf
          *@partner.org   | jo@partner.org.evil.example
          *@partner.org   | jo@notpartner.org
          [abc].pdf       | a.pdf
          a*b*c           | acb
          100\\*.pdf      | 100%.pdf
          """)
  void doesNotMatchOthers(String pattern, String text) {
    assertThat(Glob.of(pattern).matches(text)).isFalse();
  }

  @Test
  void matchesTheEmptyText_onlyByStars() {
    assertThat(Glob.of("*").matches("")).isTrue();
    assertThat(Glob.of("?").matches("")).isFalse();
  }

  @Test
  void isNotDeceived_byWhatStandsForAWildcardWithin() {
    assertThat(Glob.of("*x").matches("\ufdd0yyx")).isTrue();
    assertThat(Glob.of("a?b").matches("a\ufdd1\ufdd1b")).isFalse();
  }

  @Test
  void agreesWithRegularExpressions_onRandomPatterns() {
    Random random = new Random(11);
    for (int i = 0; i < 20_000; i++) {
      String pattern = word(random, "ab*?", 1 + random.nextInt(7));
      String text = word(random, "ab", random.nextInt(9));
      String regex = pattern.replace("?", ".").replace("*", ".*");
      assertThat(Glob.of(pattern).matches(text))
          .as(pattern + " on " + text)
          .isEqualTo(Pattern.matches(regex, text));
    }
  }

  private static String word(Random random, String letters, int length) {
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < length; i++) {
      word.append(letters.charAt(random.nextInt(letters.length())));
    }
    return word.toString();
  }

  /** A matcher that tries every way out would not come to an end here. */
  @Test
  @Timeout(60)
  void comesToAnEnd_onAPatternMadeToBlowUp() {
    Glob glob = Glob.of("a*".repeat(99) + "b");
    assertThat(glob.matches("a".repeat(200_000))).isFalse();
    assertThat(glob.matches("a".repeat(200_000) + "b")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\u200b", "a\\b", "a\\", "a\ufdd0"})
  void refusesWhatIsNoPattern(String pattern) {
    assertThatThrownBy(() -> Glob.of(pattern)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void refusesPatternsThatAreTooLong() {
    assertThatThrownBy(() -> Glob.of("a".repeat(201))).hasMessageContaining("longer than 200");
  }
}
