package io.emailmonitor.monitor.content;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContentTypesTest {
  private static final String OOXML = "PK\u0003\u0004" + "\0".repeat(26) + "[Content_Types].xml";

  private final ContentTypes types = new ContentTypes();

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        "%PDF-1.7, a.pdf, application/pdf, application/pdf, -",
        "%PDF-1.7, a.pdf, -, application/pdf, -",
        "%PDF-1.7, a.pdf, application/octet-stream, application/pdf, -",
        "%PDF-1.7, a.pdf, application/made-up, application/pdf, -",
        "%PDF-1.7, a.pdf, not a type, application/pdf, -",
        "%PDF-1.7, a.docx, application/pdf, application/pdf, NAME",
        "%PDF-1.7, a, application/pdf, application/pdf, -",
        "%PDF-1.7, a.pdf, image/png; name=x, application/pdf, DECLARED",
        "%PDF-1.7, a.png, image/png, application/pdf, BOTH",
        "MZ, a.pdf, application/pdf, application/x-msdownload, BOTH",
        "plain text, a.pdf, application/pdf, text/plain, BOTH",
        "a;b, a.csv, text/plain, text/csv, -",
        "a;b, a.csv, application/vnd.ms-excel, text/csv, DECLARED",
      })
  void tellsTypes_andWhatContradictsThem(
      String content,
      String name,
      @Nullable String declared,
      String type,
      Detected.@Nullable Mismatch mismatch) {
    assertThat(types.detect(content.getBytes(UTF_8), name, declared))
        .isEqualTo(new Detected(type, mismatch));
  }

  @Test
  void saysNothing_ofWhatIsEmpty() {
    assertThat(types.detect(new byte[0], "a.pdf", "application/pdf")).isEqualTo(Detected.NOTHING);
  }

  @Test
  void takesOfficeFiles_asAnyOfTheirKind_whenOnlyTheContentTells() {
    String type = String.valueOf(types.detect(OOXML.getBytes(UTF_8), "a.bin", null).type());
    assertThat(type).isEqualTo("application/x-tika-ooxml");
    assertThat(types.isOneOf(Set.of(".docx"), "a.bin", type)).isTrue();
    assertThat(types.isOneOf(Set.of(".pdf", ".zip"), "a.bin", type)).isFalse();
    String named = String.valueOf(types.detect(OOXML.getBytes(UTF_8), "a.xlsx", null).type());
    assertThat(types.isOneOf(Set.of(".docx"), "a.xlsx", named)).isFalse();
    assertThat(types.isOneOf(Set.of(".zip"), "a.xlsx", named)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    ".pdf, a.bin, application/pdf, true",
    ".pdf, a.pdf, application/x-msdownload, false",
    ".jpg, a.jpeg, image/jpeg, true",
    ".txt, a.txt, text/html, true",
    ".txt, a.html, text/html, false",
    ".csv, a.csv, text/plain, true",
    ".csv, a.txt, text/plain, false",
    ".made-up, a.made-up, application/pdf, true",
    ".made-up, a.pdf, application/pdf, false",
  })
  void knowsWhatEndingsStandFor(String ending, String name, String type, boolean wanted) {
    assertThat(types.isOneOf(Set.of(ending), name, type)).isEqualTo(wanted);
  }
}
