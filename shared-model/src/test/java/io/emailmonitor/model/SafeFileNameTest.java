package io.emailmonitor.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeFileNameTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "invoice.pdf",
        "Angebot Müller & Söhne (2).docx",
        "请求书.xlsx",
        "archive.tar.gz",
        "README",
        "a..b.pdf",
        "console.pdf",
        "COM10.txt",
        "_CON.pdf",
        "100% #1 $5 ~final~.csv",
        "😀.png"
      })
  void leavesNameAsItIs_whenItIsSafe(String name) {
    assertThat(SafeFileName.of(name)).isEqualTo(name);
  }

  @ParameterizedTest
  @CsvSource({
    "../../etc/passwd, etc_passwd",
    "..\\..\\windows\\system.ini, windows_system.ini",
    "/etc/shadow, etc_shadow",
    "C:\\Users\\me\\offer.pdf, C__Users_me_offer.pdf",
    "offer 3/2026.pdf, offer 3_2026.pdf",
    "a/./b/../c.pdf, a_b_c.pdf",
    "file:///etc/passwd, file__etc_passwd",
    "dir/, dir",
    "..%2f..%2fpasswd, %2f..%2fpasswd"
  })
  void neverLeavesItsFolder(String given, String safe) {
    assertThat(SafeFileName.of(given)).isEqualTo(safe);
  }

  @Test
  void seesThroughInvisibleCharacters_whenTheyHideAPath() {
    assertThat(SafeFileName.of(".\u200b./.\u202e./passwd")).isEqualTo("passwd");
  }

  @Test
  void dropsDirectionChanges_soThatTheRealExtensionShows() {
    assertThat(SafeFileName.of("report\u202efdp.exe")).isEqualTo("reportfdp.exe");
    assertThat(SafeFileName.of("\u2066\u200f\u061ca\u2069\ufeff.pdf")).isEqualTo("a.pdf");
  }

  @Test
  void replacesControlCharacters() {
    assertThat(SafeFileName.of("evil.pdf\0.exe")).isEqualTo("evil.pdf_.exe");
    assertThat(SafeFileName.of("a\u001b[31m\u007f\u0085.txt")).isEqualTo("a_[31m__.txt");
  }

  @Test
  void turnsEveryKindOfWhiteSpaceIntoSpaces() {
    assertThat(SafeFileName.of("folded\r\n\tname\u00a0\u3000\u2028x.pdf"))
        .isEqualTo("folded   name   x.pdf");
  }

  @Test
  void replacesWhatWindowsForbids() {
    assertThat(SafeFileName.of("a<b>c:d\"e|f?g*h.pdf")).isEqualTo("a_b_c_d_e_f_g_h.pdf");
  }

  @ParameterizedTest
  @CsvSource({
    "CON, _CON",
    "con.pdf, _con.pdf",
    "Nul.tar.gz, _Nul.tar.gz",
    "COM1.txt, _COM1.txt",
    "lpt9, _lpt9",
    "COM¹.txt, _COM¹.txt",
    "'aux .pdf', '_aux .pdf'",
    "conin$, _conin$",
    "../PRN.csv, _PRN.csv"
  })
  void neverNamesADevice(String given, String safe) {
    assertThat(SafeFileName.of(given)).isEqualTo(safe);
  }

  @ParameterizedTest
  @CsvSource({
    "'  . report.pdf . ', report.pdf",
    ".htaccess, htaccess",
    "name., name",
    "'name ', name"
  })
  void neitherBeginsNorEndsWithDotOrSpace(String given, String safe) {
    assertThat(SafeFileName.of(given)).isEqualTo(safe);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", ".", "..", "...", "/", "\\..\\", "\u200b", "\u202e.\u202c", "\n"})
  void callsItAttachment_whenNothingIsLeft(String given) {
    assertThat(SafeFileName.of(given)).isEqualTo("attachment");
  }

  @Test
  void composesAccents_alsoAcrossWhatWasDropped() {
    assertThat(SafeFileName.of("Mu\u0308ller.pdf")).isEqualTo("M\u00fcller.pdf");
    assertThat(SafeFileName.of("Mu\u200d\u0308ller.pdf")).isEqualTo("M\u00fcller.pdf");
  }

  @Test
  void keepsTheExtension_whenTheNameIsTooLong() {
    assertThat(SafeFileName.of("x".repeat(300) + ".pdf")).isEqualTo("x".repeat(146) + ".pdf");
    assertThat(SafeFileName.of("名".repeat(300) + ".xlsx")).isEqualTo("名".repeat(48) + ".xlsx");
    assertThat(SafeFileName.of("😀".repeat(300) + ".png")).isEqualTo("😀".repeat(36) + ".png");
  }

  @Test
  void cutsAnywhere_whenTheExtensionIsTooLongToBeOne() {
    assertThat(SafeFileName.of("a." + "x".repeat(300))).isEqualTo("a." + "x".repeat(148));
    assertThat(SafeFileName.of("a".repeat(149) + "  b")).isEqualTo("a".repeat(149));
  }

  @Test
  void replacesHalfCharacters() {
    assertThat(SafeFileName.of("a\ud83d.pdf\udc00")).isEqualTo("a_.pdf_");
  }

  @Property
  void isSafe_whateverIsGiven(@ForAll("hostile") String given) {
    String safe = SafeFileName.of(given);

    assertThat(safe).isNotEmpty().doesNotContain("/", "\\", ":").isNotIn(".", "..");
    assertThat(safe).doesNotStartWith(".").doesNotStartWith(" ");
    assertThat(safe).doesNotEndWith(".").doesNotEndWith(" ");
    assertThat(safe.getBytes(UTF_8)).hasSizeLessThanOrEqualTo(SafeFileName.MAX_BYTES);
    assertThat(new String(safe.getBytes(UTF_8), UTF_8)).isEqualTo(safe);
    assertThat(safe.codePoints())
        .noneMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT);
    assertThat(Normalizer.isNormalized(safe, Normalizer.Form.NFC)).isTrue();
    assertThat(SafeFileName.of(safe)).isEqualTo(safe);
  }

  @Provide
  Arbitrary<String> hostile() {
    Arbitrary<String> anything = Arbitraries.strings().all().ofMaxLength(40);
    Arbitrary<String> pieces =
        Arbitraries.of(
            ".",
            "..",
            "/",
            "\\",
            " ",
            "CON",
            "nul",
            "COM1",
            "\u202e",
            "\u200d",
            "\u0308",
            "u",
            "\0",
            "<\u0338",
            "\u037e",
            "x".repeat(149),
            "名".repeat(49),
            ".pdf",
            ":",
            "\ud83d");
    return Arbitraries.oneOf(anything, pieces)
        .list()
        .ofMaxSize(8)
        .map(list -> String.join("", list));
  }

  @Test
  void makesNamesThatTheFileSystemTakes(@TempDir Path folder) throws IOException {
    String safe = SafeFileName.writable("..\\" + "é名😀".repeat(90) + "\0\n:*?.pdf");
    Files.writeString(folder.resolve(safe + ".json"), "{}");
    assertThat(folder.resolve(safe + ".json").normalize().getParent()).isEqualTo(folder);
  }

  @Test
  void keepsOnlyAscii_whereTheFileSystemTakesNoMore() {
    assertThat(SafeFileName.asciiOnly(SafeFileName.of("請求書 März😀.pdf")))
        .isEqualTo("___ M_rz_.pdf");
  }
}
