package io.emailmonitor.simulator.mail;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MailReaderTest {

  private static Mail read(String eml) {
    return MailReader.read(eml.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8));
  }

  private static Mail withPart(String headers) {
    return read(
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nHello\n--b\n"
            + headers
            + "\n\nAAAA\n--b--\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "attachment; filename=a.pdf | a.pdf",
        "attachment; filename=\"a; b.pdf\" | a; b.pdf",
        "attachment; filename=\"say \\\"hi\\\".pdf\" | say \"hi\".pdf",
        "attachment; filename=a b.pdf | a b.pdf",
        "attachment; filename==?utf-8?Q?M=C3=A4rz=2Epdf?= | M\u00e4rz.pdf",
        "attachment; filename=\"=?utf-8?B?TcOk?= =?utf-8?B?cnoucGRm?=\" | M\u00e4rz.pdf",
        "attachment; filename*=UTF-8''M%C3%A4rz.pdf | M\u00e4rz.pdf",
        "attachment; filename*=iso-8859-1'de'M%E4rz.pdf; filename=x.pdf | M\u00e4rz.pdf",
        "attachment; filename*0=\"lo\"; filename*1=\"ng.pdf\" | long.pdf",
        "attachment; filename*0*=UTF-8''50%25%20; filename*1=\"50%25.pdf\" | 50% 50%25.pdf",
        "attachment; filename=\"unclosed.pdf | unclosed.pdf",
        "ATTACHMENT; FILENAME=UP.PDF | UP.PDF"
      })
  void understandsNames(String disposition, String name) {
    Mail mail = withPart("Content-Disposition: " + disposition);
    assertThat(mail.attachments()).extracting(MailAttachment::name).containsExactly(name);
  }

  @Test
  void takesTheNameFromTheType_whenThereIsNoOther() {
    Mail mail = withPart("Content-Type: application/pdf; name=\"a.pdf\"");
    assertThat(mail.attachments().get(0).name()).isEqualTo("a.pdf");
    assertThat(mail.attachments().get(0).inline()).isFalse();
  }

  @Test
  void readsTextWithoutAName_asTheBody() {
    assertThat(withPart("Content-Type: text/plain").attachments()).isEmpty();
    assertThat(withPart("Content-Disposition: attachment").attachments()).hasSize(1);
    assertThat(withPart("Content-Type: text/calendar").attachments()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"QUJD", "QU\r\nJD", "Q U*J-D", "QUJD====", "QUJD=\nxxxx", "QUJDR"})
  void decodesBase64_asFarAsItGoes(String encoded) {
    assertThat(TransferEncoding.base64(encoded.getBytes(StandardCharsets.US_ASCII)))
        .startsWith((byte) 'A', (byte) 'B', (byte) 'C');
  }

  @Test
  void joinsEncodedWords_thatSplitACharacter() {
    assertThat(HeaderText.decode("=?utf-8?Q?=E2=82?=\r\n =?UTF-8?Q?=AC?= =?utf-8?Q?5?= each"))
        .isEqualTo("\u20ac5 each");
    assertThat(HeaderText.decode("=?utf-8?Q?a_b?= and =?no-such?Q?c?= =?x"))
        .isEqualTo("a b and c =?x");
  }

  @Test
  void keepsAnAttachedMailWhole() {
    Mail mail =
        withPart("Content-Type: message/rfc822\nContent-Disposition: attachment; filename=x.eml");
    assertThat(mail.attachments().get(0).kind()).isEqualTo(MailAttachment.Kind.ITEM);
    assertThat(mail.attachments().get(0).content().size()).isEqualTo(4);
    assertThat(mail.attachments().get(0).shownName()).isEqualTo("x.eml");
  }

  @Test
  void readsThePartThatIsThere_whenTheMailBreaksOff() {
    Mail mail =
        read("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: image/gif\n\nA");
    assertThat(mail.attachments()).hasSize(1);
    assertThat(read("Content-Type: multipart/mixed\n\nno boundary").text()).startsWith("no");
    assertThat(read("").attachments()).isEmpty();
  }

  @Test
  void neverFails() {
    Random random = new Random(7);
    List<String> pieces =
        List.of(
            "Content-Type: multipart/mixed; boundary=b\r\n",
            "\r\n",
            "--b\r\n",
            "--b--",
            "=?utf-8?Q?",
            "Content-Type: message/rfc822\r\n",
            "Content-Transfer-Encoding: quoted-printable\r\n",
            "=",
            "Content-Disposition: attachment; filename*0*=x''%zz; filename*99999999999=\"\r\n",
            "From: <",
            "Date: Mon\r\n",
            "Content-Type: ;;;==\r\n",
            "begin 644 x\r\n",
            "\0\u00ff",
            ";",
            "\"",
            ":",
            "Content-Transfer-Encoding: x-uuencode\r\n",
            "Received: ;\r\n",
            "To: a@b, <>,;:\r\n");
    for (int i = 0; i < 5000; i++) {
      StringBuilder eml = new StringBuilder();
      for (int j = random.nextInt(25); j >= 0; j--) {
        eml.append(pieces.get(random.nextInt(pieces.size())));
      }
      byte[] bytes = eml.toString().getBytes(StandardCharsets.ISO_8859_1);
      assertThat(MailReader.readUnguarded(bytes).source().bytes()).isSameAs(bytes);
    }
  }

  @Test
  void understandsLongNames_withoutRunningOutOfStack() {
    String name = "n".repeat(100_000) + "\\\"".repeat(10_000);
    String header = "attachment; filename=\"" + name + "\"; x=y";
    assertThat(ParameterizedValue.parse(header).parameters())
        .containsEntry("filename", name.replace("\\", ""))
        .containsEntry("x", "y");
  }

  @Test
  void readsDeepNesting_withoutRunningOutOfStack() {
    StringBuilder eml = new StringBuilder();
    for (int i = 0; i < 2000; i++) {
      eml.append("Content-Type: multipart/mixed; boundary=b").append(i).append("\n\n--b").append(i);
      eml.append('\n');
    }
    assertThat(read(eml.toString()).attachments()).isEmpty();
  }
}
