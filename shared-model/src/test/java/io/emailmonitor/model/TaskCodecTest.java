package io.emailmonitor.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TaskCodecTest {
  private static final ObjectMapper JACKSON = new ObjectMapper();
  private static final int CHUNK = 24 * 1024;

  @Nested
  class Encode {
    @Test
    void writesTheFieldsInTheOrderOfTheContract() throws IOException {
      JsonNode json = JACKSON.readTree(Tasks.encode(Tasks.invoice(), new byte[] {1}).json());

      assertThat(json.fieldNames())
          .toIterable()
          .containsExactly(
              "task_id",
              "email_id",
              "email_subject",
              "email_sender",
              "email_sender_email",
              "email_received_date",
              "attachment_id",
              "attachment_filename",
              "attachment_mime_type",
              "attachment_size",
              "created_at",
              "schema_version",
              "mailbox",
              "attachment_sha256",
              "attachment_detected_mime_type",
              "email_content",
              "attachment_content_b64");
    }

    @Test
    void fillsInSizeAndHashOfWhatPassed() throws Exception {
      byte[] content = Tasks.content(100_000, 1);
      EncodedTask encoded = Tasks.encode(Tasks.invoice(), content);
      JsonNode json = JACKSON.readTree(encoded.json());

      String hash = HexFormat.of().formatHex(TaskId.sha256().digest(content));
      assertThat(json.get("attachment_size").intValue()).isEqualTo(100_000);
      assertThat(json.get("attachment_sha256").textValue()).isEqualTo(hash);
      assertThat(encoded.task().attachmentSize()).isEqualTo(100_000);
      assertThat(encoded.task().extras().attachmentSha256()).isEqualTo(hash);
      assertThat(json.get("email_received_date").textValue()).isEqualTo("2025-01-19T10:30:00Z");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 60_000, 61_000, 10_000_000})
    void givesTheSameTask_howeverWrongTheExpectedSizeIs(int expected) throws IOException {
      byte[] content = Tasks.content(60_001, 2);
      EncodedTask encoded =
          TaskCodec.encode(
              Tasks.invoice(), new ByteArrayInputStream(content), expected, Integer.MAX_VALUE);

      assertThat(TaskCodec.decode(encoded.json()).content()).isEqualTo(content);
      assertThat(JACKSON.readTree(encoded.json()).get("attachment_content_b64").textValue())
          .isEqualTo(Base64.getEncoder().encodeToString(content));
      assertThat(encoded.json().length).isLessThan(60_001 / 3 * 4 + 32 * 1024);
    }

    @Test
    void readsStreamsThatGiveAFewBytesAtATime() throws IOException {
      byte[] content = Tasks.content(3 * CHUNK + 5, 3);
      ByteArrayInputStream drip =
          new ByteArrayInputStream(content) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              return super.read(target, offset, Math.min(length, 7));
            }
          };
      EncodedTask encoded = TaskCodec.encode(Tasks.invoice(), drip, content.length, 1 << 20);

      assertThat(TaskCodec.decode(encoded.json()).content()).isEqualTo(content);
    }

    @Test
    void refusesContentOverTheLimit_butTakesExactlyTheLimit() throws IOException {
      byte[] content = new byte[1000];
      assertThat(
              TaskCodec.encode(Tasks.invoice(), new ByteArrayInputStream(content), 10, 1000)
                  .task()
                  .attachmentSize())
          .isEqualTo(1000);
      assertThatThrownBy(
              () -> TaskCodec.encode(Tasks.invoice(), new ByteArrayInputStream(content), 10, 999))
          .isInstanceOf(ContentTooLargeException.class)
          .hasMessageContaining("999");
    }

    @Test
    void passesOnTheFailureOfTheStream() {
      ByteArrayInputStream broken =
          new ByteArrayInputStream(new byte[0]) {
            @Override
            public synchronized int read(byte[] target, int offset, int length) {
              throw new IllegalStateException("cut");
            }
          };
      assertThatThrownBy(() -> TaskCodec.encode(Tasks.invoice(), broken, 10, 1000))
          .hasMessage("cut");
    }

    @Test
    void replacesHalfASurrogatePair_whichUtf8CannotHold() throws Exception {
      AttachmentTask hostile = Tasks.withTexts("a\ud800b", "\udc00.pdf", "\ud83d");
      AttachmentTask read = TaskCodec.decode(Tasks.encode(hostile, new byte[1]).json()).task();

      assertThat(List.of(read.emailSubject(), read.attachmentFilename(), read.emailContent()))
          .containsExactly("a?b", "?.pdf", "?");
    }
  }

  @Nested
  class RoundTrip {
    @ParameterizedTest
    @ValueSource(
        ints = {0, 1, 2, 3, 4, 767, CHUNK - 1, CHUNK, CHUNK + 1, 2 * CHUNK, 2 * CHUNK + 2, 1 << 20})
    void keepsContentOfAnySize(int size) throws IOException {
      byte[] content = Tasks.content(size, size);
      DecodedTask decoded = TaskCodec.decode(Tasks.encode(Tasks.invoice(), content).json());
      ByteArrayOutputStream copied = new ByteArrayOutputStream();
      decoded.transferContentTo(copied);

      assertThat(decoded.contentLength()).isEqualTo(size);
      assertThat(decoded.content()).isEqualTo(content);
      assertThat(decoded.openContent().readAllBytes()).isEqualTo(content);
      assertThat(copied.toByteArray()).isEqualTo(content);
    }

    @Test
    void keepsContentBeyondJacksonsTwentyMillionCharacters() throws IOException {
      byte[] content = Tasks.content(50 * 1024 * 1024, 4);
      DecodedTask decoded = TaskCodec.decode(Tasks.encode(Tasks.invoice(), content).json());

      assertThat(Arrays.equals(decoded.content(), content)).isTrue();
    }

    @Test
    void keepsBodiesBeyondJacksonsTwentyMillionCharacters() throws IOException {
      String body = "ü".repeat(21_000_000);
      EncodedTask encoded = Tasks.encode(Tasks.withTexts("s", "f", body), new byte[] {7});

      assertThat(TaskCodec.decode(encoded.json()).task().emailContent().equals(body)).isTrue();
    }
  }

  @Nested
  class Decode {
    @ParameterizedTest
    @ValueSource(strings = {"JVB=ERi0", "J", "JVBE=", "JV\\u00e9E", "JVBERi0x\\b"})
    void refusesWhatIsNotBase64(String base64) {
      assertThatThrownBy(() -> TaskCodec.decode(withContent(base64)).content())
          .isInstanceOf(MalformedTaskException.class)
          .hasMessageContaining("base64");
    }

    @Test
    void refusesPaddingBetweenChunks_whichWouldGlueTwoContentsTogether() {
      String glued = "AAAA".repeat(8 * 1024 - 1) + "AA==" + "AAAA";
      assertThatThrownBy(() -> TaskCodec.decode(withContent(glued)).content())
          .isInstanceOf(MalformedTaskException.class)
          .hasMessageContaining("padding");
    }

    @Test
    void acceptsEscapedLineEndsAndUnicodeEscapesInBase64() throws IOException {
      DecodedTask decoded = TaskCodec.decode(withContent("SGVs\\r\\nbG8\\u003d\\n"));
      assertThat(decoded.content()).isEqualTo("Hello".getBytes(UTF_8));
      assertThat(decoded.contentLength()).isEqualTo(5);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "2025-01-19T10:30:00Z",
          "2025-01-19T11:30:00+01:00",
          "2025-01-19T10:30:00",
          "2025-01-19T10:30:00.000000"
        })
    void readsDatesAsOtherWritersMakeThem(String date) throws IOException {
      byte[] json =
          new String(withContent(""), UTF_8).replace("2025-01-19T10:30:00Z", date).getBytes(UTF_8);
      assertThat(TaskCodec.decode(json).task().emailReceivedDate())
          .hasToString("2025-01-19T10:30:00Z");
    }

    @Test
    void saysWhereTheItemBreaksOff_withoutQuotingIt() {
      byte[] whole = Tasks.encode(Tasks.withTexts("secret", "f", "secret"), new byte[99]).json();
      String text = new String(whole, UTF_8);
      byte[] cut = Arrays.copyOf(whole, text.indexOf("secret") + 3);

      assertThatThrownBy(() -> TaskCodec.decode(cut))
          .isInstanceOf(MalformedTaskException.class)
          .hasMessageContaining("at byte")
          .hasMessageNotContaining("sec");
      assertThatThrownBy(() -> TaskCodec.decode("secret-token".getBytes(UTF_8)))
          .hasMessageNotContaining("secret");
    }

    @Test
    void refusesASecondContentOrMoreBehindTheObject() {
      String once = new String(withContent("AAAA"), UTF_8).strip();
      String twice = once.substring(0, once.length() - 1) + ",\"attachment_content_b64\":\"BBBB\"}";
      assertThatThrownBy(() -> TaskCodec.decode(twice.getBytes(UTF_8)))
          .hasMessageContaining("twice");
      assertThatThrownBy(() -> TaskCodec.decode((once + once).getBytes(UTF_8)))
          .hasMessageContaining("more behind");
    }

    private static byte[] withContent(String base64) {
      String json = new String(Tasks.encode(Tasks.invoice(), new byte[0]).json(), UTF_8);
      return json.replace("\"attachment_content_b64\":\"\"", content(base64)).getBytes(UTF_8);
    }

    private static String content(String base64) {
      return "\"attachment_content_b64\":\"" + base64 + "\"";
    }
  }

  @Nested
  class Facts {
    @Test
    void describeATaskFromItsBeginning() {
      byte[] json = Tasks.encode(Tasks.invoice(), Tasks.content(5000, 1)).json();
      Map<String, Object> facts = TaskCodec.facts(Arrays.copyOf(json, 1200));

      assertThat(facts)
          .containsEntry("attachment_filename", "document.pdf")
          .containsEntry("attachment_size", 5000)
          .containsEntry("attachment_detected_mime_type", "application/pdf")
          .doesNotContainKeys("email_content", "attachment_content_b64");
    }

    @Test
    void areAsManyAsAreWhole_whereverTheItemIsCutOff() {
      byte[] json = Tasks.encode(Tasks.invoice(), new byte[10]).json();
      int before = 0;
      for (int length = 0; length <= json.length; length++) {
        int now = TaskCodec.facts(Arrays.copyOf(json, length)).size();
        assertThat(now).isBetween(before, 15);
        before = now;
      }
      assertThat(before).isEqualTo(15);
    }

    @Test
    void areNone_whenTheItemIsNoTask() {
      assertThat(TaskCodec.facts(new byte[] {0, 1, (byte) 0xff})).isEmpty();
      assertThat(TaskCodec.facts("[1,2]".getBytes(UTF_8))).isEmpty();
    }
  }

  @Property(tries = 300)
  void everyText_comesBackAsItWas(
      @ForAll String subject, @ForAll String filename, @ForAll String body, @ForAll byte[] content)
      throws IOException {
    AttachmentTask task = Tasks.withTexts(utf8(subject), utf8(filename), utf8(body));
    EncodedTask encoded = Tasks.encode(task, content);
    DecodedTask decoded = TaskCodec.decode(encoded.json());

    assertThat(decoded.task()).isEqualTo(encoded.task());
    assertThat(decoded.task().emailSubject()).isEqualTo(task.emailSubject());
    assertThat(decoded.content()).isEqualTo(content);
    assertThat(JACKSON.readTree(encoded.json()).get("email_content").textValue())
        .isEqualTo(task.emailContent());
  }

  @Property(tries = 2000)
  void damagedItems_giveOneKindOfError(
      @ForAll @Size(min = 1, max = 4) List<Damage> damages, @ForAll long seed) throws IOException {
    byte[] json = Tasks.encode(Tasks.invoice(), Tasks.content(300, seed)).json();
    for (Damage damage : damages) {
      json = damage.to(json, seed);
    }
    try {
      DecodedTask decoded = TaskCodec.decode(json);
      assertThat(decoded.content().length).isEqualTo(decoded.contentLength());
    } catch (MalformedTaskException e) {
      assertThat(e).message().isNotBlank();
      assertThat(e.byteOffset()).isBetween(-1L, (long) json.length);
    }
  }

  /** Something that goes wrong with an item's bytes. */
  enum Damage {
    FLIP {
      @Override
      byte[] to(byte[] json, long seed) {
        json[at(json, seed)] ^= (byte) (1 << (seed & 7));
        return json;
      }
    },
    CUT {
      @Override
      byte[] to(byte[] json, long seed) {
        return Arrays.copyOf(json, Math.max(1, at(json, seed)));
      }
    },
    QUOTE {
      @Override
      byte[] to(byte[] json, long seed) {
        json[at(json, seed)] = (byte) (seed % 2 == 0 ? '"' : '\\');
        return json;
      }
    },
    DOUBLE {
      @Override
      byte[] to(byte[] json, long seed) {
        byte[] doubled = Arrays.copyOf(json, json.length * 2);
        System.arraycopy(json, 0, doubled, json.length, json.length);
        return doubled;
      }
    };

    abstract byte[] to(byte[] json, long seed);

    int at(byte[] json, long seed) {
      return (int) Math.floorMod(seed * 31 + name().length(), (long) json.length);
    }
  }

  private static String utf8(String any) {
    return new String(any.getBytes(UTF_8), UTF_8);
  }
}
