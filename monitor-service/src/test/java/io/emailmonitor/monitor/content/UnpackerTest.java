package io.emailmonitor.monitor.content;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.emailmonitor.monitor.mailbox.Attachment;
import io.emailmonitor.simulator.samples.Cms;
import io.emailmonitor.simulator.samples.Tnef;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Base64;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnpackerTest {
  private static final byte[] PDF = "%PDF-1.7\nhello".getBytes(UTF_8);
  private static final byte[] CSV = "a;b\n1;2\n".getBytes(UTF_8);

  private final ContentTypes types = new ContentTypes();
  private final Unpacker unpacker = unpacker(EnumSet.allOf(Format.class), 5, 100, 1_000_000);

  private Unpacker unpacker(Set<Format> opened, int depth, int count, long bytes) {
    return new Unpacker(opened, new Unpacker.Limits(depth, count, bytes), types);
  }

  @Test
  void listsWhatAMessageHolds_andReadsIt() throws Exception {
    byte[] eml =
        message(
            file("r\u00e9sum\u00e9.pdf", PDF),
            "Content-Type: text/plain\r\n\r\nBody\r\n",
            file("b.csv", CSV));
    List<Contained> listed = list(item(), eml);
    assertThat(facts(listed)).containsExactly("id~1 r\u00e9sum\u00e9.pdf 14", "id~2 b.csv 8");
    assertThat(listed.get(0).detected().type()).isEqualTo("application/pdf");
    assertThat(read(item(), eml)).containsOnlyKeys("id~1", "id~2").containsEntry("id~2", CSV);
  }

  @Test
  void goesIntoMessagesWithinMessages_outerBeforeInner() throws Exception {
    byte[] inner = message(file("inner.pdf", PDF));
    byte[] eml = message(file("a.csv", CSV), attached(inner), file("z.csv", CSV));
    assertThat(facts(list(item(), eml)))
        .containsExactly(
            "id~1 a.csv 8",
            "id~2 Inner.eml " + inner.length,
            "id~2.1 inner.pdf 14",
            "id~3 z.csv 8");
    Map<String, byte[]> read = read(item(), eml);
    assertThat(read).containsOnlyKeys("id~1", "id~2", "id~2.1", "id~3");
    assertThat(read.get("id~2")).isEqualTo(inner);
    assertThat(read.get("id~2.1")).isEqualTo(PDF);
  }

  @Test
  void leavesInnerMessagesClosed_whenMessagesAreNotOpened() throws Exception {
    Unpacker wrappersOnly = unpacker(Set.of(Format.TNEF, Format.SMIME), 5, 100, 1_000_000);
    byte[] signed = Cms.signed(message(attached(message(file("inner.pdf", PDF)))));
    assertThat(wrappersOnly.format(item())).isEmpty();
    assertThat(facts(wrappersOnly.list(file("smime.p7m"), content(signed))))
        .hasSize(1)
        .allMatch(fact -> fact.startsWith("id~1 Inner.eml"));
  }

  @Test
  void namesWhatHasNoName_byItsType() throws Exception {
    byte[] eml = message("Content-Type: application/pdf\r\n\r\n%PDF-1.7\r\n");
    assertThat(facts(list(item(), eml))).containsExactly("id~1 ATT00001.pdf 10");
  }

  @Test
  void takesTnefApart_withLongNames_andMessagesWithin() throws Exception {
    byte[] inner = new Tnef().file("inner.pdf", "application/pdf", PDF).bytes();
    byte[] tnef =
        new Tnef()
            .file("Vertrag \u00fcber alles.pdf", "application/pdf", PDF)
            .message("Forwarded", inner)
            .file("leer.csv", "text/csv", new byte[0])
            .bytes();
    List<Contained> listed = list(file("winmail.dat"), tnef);
    assertThat(facts(listed))
        .containsExactly(
            "id~1 Vertrag \u00fcber alles.pdf 14",
            "id~2 Forwarded " + inner.length,
            "id~2.1 inner.pdf 14",
            "id~3 leer.csv 0");
    assertThat(listed.get(0).attachment().contentType()).isEqualTo("application/pdf");
    assertThat(read(file("winmail.dat"), tnef)).containsEntry("id~2.1", PDF);
  }

  @Test
  void callsTnefDamaged_whereverItBreaksOff_ratherThanFillingItUp() throws Exception {
    byte[] tnef = new Tnef().file("a.pdf", "application/pdf", PDF).bytes();
    for (int length = 0; length < tnef.length; length++) {
      byte[] cut = Arrays.copyOf(tnef, length);
      try {
        // Between two attributes nothing shows that there were more.
        for (byte[] content : read(file("winmail.dat"), cut).values()) {
          assertThat(content.length == 0 || Arrays.equals(content, PDF)).isTrue();
        }
      } catch (ObstacleException e) {
        assertThat(e.obstacle().kind()).isEqualTo(Obstacle.Kind.DAMAGED);
      }
    }
  }

  @Test
  void callsTnefDamaged_whenItPromisesMoreValuesThanThereAre() {
    byte[] tnef = new Tnef().file("a.pdf", "application/pdf", PDF).bytes();
    byte[] many = {1, 0, 0, 0, 0x03, 0x10, 0x01, 0x0e, -1, -1, -1, 0x7f};
    int sum = 0;
    for (byte value : many) {
      sum += value & 0xff;
    }
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    bomb.writeBytes(tnef);
    bomb.writeBytes(new byte[] {2, 0x05, (byte) 0x90, 6, 0, (byte) many.length, 0, 0, 0});
    bomb.writeBytes(many);
    bomb.writeBytes(new byte[] {(byte) sum, (byte) (sum >>> 8)});
    assertThat(obstacle(unpacker, file("winmail.dat"), bomb.toByteArray()))
        .isEqualTo(Obstacle.Kind.DAMAGED);
  }

  @Test
  void opensSignedMessages_ofBothKinds() throws Exception {
    byte[] entity = message(file("a.pdf", PDF), file("b.csv", CSV));
    byte[] clear =
        ("Content-Type: multipart/signed; protocol=\"application/pkcs7-signature\"; boundary=s\r\n\r\n--s\r\n"
                + new String(entity, ISO_8859_1)
                + "\r\n--s\r\n"
                + file("smime.p7s", Cms.signature())
                + "\r\n--s--\r\n")
            .getBytes(ISO_8859_1);
    assertThat(facts(list(file("smime.p7m"), clear)))
        .startsWith("id~1 a.pdf 14", "id~2 b.csv 8")
        .last()
        .asString()
        .startsWith("id~3 smime.p7s");
    for (byte[] cms : List.of(Cms.signed(entity), Cms.signedInPieces(entity))) {
      assertThat(facts(list(file("smime.p7m"), cms)))
          .containsExactly("id~1 a.pdf 14", "id~2 b.csv 8");
      assertThat(read(file("smime.p7m"), cms)).containsEntry("id~1", PDF);
    }
  }

  @Test
  void opensCompressedMessages_alsoWhatIsSignedWithin() throws Exception {
    byte[] entity = message(file("a.pdf", PDF), file("b.csv", CSV));
    assertThat(facts(list(file("smime.p7z"), Cms.compressed(entity))))
        .containsExactly("id~1 a.pdf 14", "id~2 b.csv 8");
    byte[] signed = cryptic(Cms.signed(entity));
    byte[] nested = Cms.compressed(signed);
    assertThat(facts(list(file("smime.p7m"), nested)))
        .contains("id~1.1 a.pdf 14", "id~1.2 b.csv 8")
        .hasSize(3);
    assertThat(read(file("smime.p7m"), nested)).containsEntry("id~1.1", PDF);
    assertThat(facts(list(file("smime.p7m"), Cms.signed(cryptic(Cms.compressed(entity))))))
        .contains("id~1.1 a.pdf 14", "id~1.2 b.csv 8");
  }

  /** Whether in attachments or in a body that nobody wants. */
  @Test
  void refusesCompressedBombs() {
    byte[] zeros = new byte[2_000_000];
    String body = "Content-Type: text/plain\r\n\r\n" + new String(zeros, UTF_8);
    for (byte[] bomb : List.of(message(body), message(file("a.bin", zeros)))) {
      assertThat(obstacle(unpacker, file("smime.p7m"), Cms.compressed(bomb)))
          .isEqualTo(Obstacle.Kind.TOO_LARGE);
    }
    String[] many = new String[90];
    byte[] small = Cms.compressed(message(body.substring(0, 30_000)));
    Arrays.fill(many, file("smime.p7m", small));
    assertThat(obstacle(unpacker, item(), message(many))).isEqualTo(Obstacle.Kind.TOO_LARGE);
  }

  @Test
  void holdsNoHeaderInMemory_thatNeverEnds() {
    byte[] header = ("X: " + "a".repeat(900_000) + "\r\n\r\n").getBytes(UTF_8);
    for (byte[] bomb : List.of(header, ("A: b\r\n" + new String(header, UTF_8)).getBytes(UTF_8))) {
      assertThat(obstacle(unpacker, item(), bomb)).isEqualTo(Obstacle.Kind.DAMAGED);
    }
    byte[] longLines =
        message("Content-Type: application/pdf; name=a.pdf\r\n\r\n" + "a".repeat(900_000));
    assertThat(obstacle(unpacker, item(), longLines)).isNull();
  }

  @Test
  void callsCompressedMessagesDamaged_whereverTheyBreakOff() throws Exception {
    byte[] cms = Cms.compressed(message(file("a.pdf", PDF)));
    for (int length = 0; length < cms.length; length++) {
      try {
        // The message's end may be there already when that of the structure is not.
        assertThat(read(file("smime.p7m"), Arrays.copyOf(cms, length)).get("id~1")).isEqualTo(PDF);
      } catch (ObstacleException e) {
        assertThat(e.obstacle().kind()).isEqualTo(Obstacle.Kind.DAMAGED);
      }
    }
    byte[] unknown = cms.clone();
    unknown[unknownAlgorithm(cms)]++;
    assertThat(obstacle(unpacker, file("smime.p7m"), unknown)).isEqualTo(Obstacle.Kind.DAMAGED);
  }

  /** The last number of the name of the way in which it is compressed. */
  private static int unknownAlgorithm(byte[] cms) {
    return new String(cms, ISO_8859_1).indexOf("\t\u0010\u0003\b") + 3;
  }

  private static byte[] cryptic(byte[] cms) {
    String head =
        "Content-Type: application/pkcs7-mime\r\nContent-Transfer-Encoding: base64\r\n\r\n";
    return (head + Base64.getMimeEncoder().encodeToString(cms)).getBytes(ISO_8859_1);
  }

  @Test
  void tellsWhyASignedMessageStaysClosed() {
    assertThat(obstacle(unpacker, file("smime.p7m"), Cms.encrypted(PDF)))
        .isEqualTo(Obstacle.Kind.ENCRYPTED);
    for (byte[] broken :
        List.of(
            Cms.signature(),
            Cms.signed(PDF),
            new byte[0],
            PDF,
            Arrays.copyOf(Cms.encrypted(PDF), 9),
            message(file("a.pdf", PDF)))) {
      assertThat(obstacle(unpacker, file("smime.p7m"), broken)).isEqualTo(Obstacle.Kind.DAMAGED);
    }
  }

  @Test
  void tellsOfAnInnerOneThatStaysClosed_andOpensItsSiblings() throws Exception {
    byte[] eml =
        message(
            file("winmail.dat", PDF),
            file("smime.p7m", Cms.encrypted(PDF)),
            file("winmail.dat", new Tnef().file("good.pdf", "application/pdf", PDF).bytes()));
    List<Contained> listed = list(item(), eml);
    assertThat(listed)
        .extracting(c -> c.obstacle() == null ? null : c.obstacle().kind())
        .containsExactly(Obstacle.Kind.DAMAGED, Obstacle.Kind.ENCRYPTED, null, null);
    assertThat(listed.get(3).attachment().id()).isEqualTo("id~3.1");
  }

  @Test
  void refusesBombs_byCountBytesAndDepth() throws Exception {
    String[] many = new String[101];
    Arrays.fill(many, file("a.csv", CSV));
    assertThat(obstacle(unpacker, item(), message(many))).isEqualTo(Obstacle.Kind.TOO_MANY);
    byte[] large = message(file("a.bin", new byte[60_000]), file("b.bin", new byte[60_000]));
    Unpacker small = unpacker(EnumSet.allOf(Format.class), 5, 100, 100_000);
    assertThat(obstacle(small, item(), large)).isEqualTo(Obstacle.Kind.TOO_LARGE);

    byte[] deep = message(file("a.pdf", PDF));
    for (int i = 0; i < 7; i++) {
      deep = message(attached(deep));
    }
    List<Contained> listed = list(item(), deep);
    assertThat(listed).hasSize(5);
    Obstacle last = listed.get(4).obstacle();
    assertThat(last == null ? null : last.kind()).isEqualTo(Obstacle.Kind.TOO_DEEP);
    assertThat(read(item(), deep)).containsKey("id~1.1.1.1.1");
  }

  @Test
  void refusesPartsWithinPartsWithinParts() {
    StringBuilder eml = new StringBuilder();
    for (int i = 0; i < 5_000; i++) {
      eml.append("Content-Type: multipart/mixed; boundary=b").append(i);
      eml.append("\r\n\r\n--b").append(i).append("\r\n");
    }
    assertThat(obstacle(unpacker, item(), eml.toString().getBytes(UTF_8)))
        .isEqualTo(Obstacle.Kind.TOO_DEEP);
  }

  /** Nothing but an obstacle may come of what somebody has tampered with. */
  @ParameterizedTest
  @ValueSource(strings = {"winmail.dat", "smime.p7m", "message"})
  void survivesWhateverItIsGiven(String name) throws Exception {
    byte[] entity = message(file("a.pdf", PDF), file("b.csv", CSV));
    Tnef tnef = new Tnef().file("a.pdf", "application/pdf", PDF);
    List<byte[]> seeds =
        switch (name) {
          case "winmail.dat" -> List.of(tnef.message("m", tnef.bytes()).bytes());
          case "smime.p7m" ->
              List.of(Cms.signed(entity), Cms.signedInPieces(entity), Cms.compressed(entity));
          default -> List.of(message(attached(entity), file("winmail.dat", tnef.bytes())));
        };
    Attachment container = name.equals("message") ? item() : file(name);
    Random random = new Random(7);
    for (int i = 0; i < 1_500; i++) {
      byte[] bytes = seeds.get(i % seeds.size()).clone();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      if (name.equals("winmail.dat") && random.nextBoolean()) {
        mendChecksums(bytes);
      }
      try {
        read(container, bytes);
      } catch (ObstacleException e) {
        assertThat(e.obstacle().detail()).doesNotContain("a.pdf");
      }
    }
  }

  /** So that what is behind the checksums is tried, too. */
  private static void mendChecksums(byte[] tnef) {
    ByteBuffer in = ByteBuffer.wrap(tnef).order(ByteOrder.LITTLE_ENDIAN).position(6);
    while (in.remaining() > 11) {
      int length = in.getInt(in.position() + 5);
      int from = in.position() + 9;
      if (length < 0 || length > in.limit() - from - 2) {
        return;
      }
      int sum = 0;
      for (int i = 0; i < length; i++) {
        sum += tnef[from + i] & 0xff;
      }
      in.putShort(from + length, (short) sum);
      in.position(from + length + 2);
    }
  }

  private List<Contained> list(Attachment container, byte[] bytes) throws IOException {
    return unpacker.list(container, content(bytes));
  }

  private static Obstacle.@Nullable Kind obstacle(
      Unpacker unpacker, Attachment container, byte[] bytes) {
    ObstacleException e =
        catchThrowableOfType(
            ObstacleException.class, () -> unpacker.list(container, content(bytes)));
    return e == null ? null : e.obstacle().kind();
  }

  private Map<String, byte[]> read(Attachment container, byte[] bytes)
      throws IOException, InterruptedException {
    List<Contained> listed = list(container, bytes);
    Map<String, byte[]> read = new HashMap<>();
    unpacker.read(
        container,
        content(bytes),
        listed,
        listed.stream().map(c -> c.attachment().id()).toList(),
        (contained, in) -> {
          byte[] content = in.readAllBytes();
          assertThat((long) content.length).isEqualTo(contained.attachment().size());
          assertThat(read.put(contained.attachment().id(), content)).isNull();
        });
    assertThat(read).hasSameSizeAs(listed);
    return read;
  }

  private static Unpacker.Content content(byte[] bytes) {
    return () -> new ByteArrayInputStream(bytes);
  }

  private static List<String> facts(List<Contained> listed) {
    return listed.stream()
        .map(Contained::attachment)
        .map(a -> a.id() + " " + a.name() + " " + a.size())
        .toList();
  }

  private static Attachment item() {
    return new Attachment("id", Attachment.Kind.ITEM, "Inner.eml", null, 0, false);
  }

  private static Attachment file(String name) {
    return new Attachment("id", Attachment.Kind.FILE, name, null, 0, false);
  }

  private static byte[] message(String... parts) {
    StringBuilder eml = new StringBuilder("Subject: Inner\r\n");
    String boundary = "b" + Arrays.hashCode(parts);
    eml.append("Content-Type: multipart/mixed; boundary=\"").append(boundary).append("\"\r\n\r\n");
    for (String part : parts) {
      eml.append("--").append(boundary).append("\r\n").append(part).append("\r\n");
    }
    return eml.append("--").append(boundary).append("--\r\n").toString().getBytes(ISO_8859_1);
  }

  private static String file(String name, byte[] content) {
    return "Content-Disposition: attachment; filename*=UTF-8''"
        + java.net.URLEncoder.encode(name, UTF_8).replace("+", "%20")
        + "\r\nContent-Type: application/octet-stream\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + Base64.getMimeEncoder().encodeToString(content);
  }

  private static String attached(byte[] eml) {
    return "Content-Type: message/rfc822\r\n\r\n" + new String(eml, ISO_8859_1);
  }
}
