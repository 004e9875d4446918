package io.emailmonitor.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.Error;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The published schema, its examples and the codec say the same. */
class TaskSchemaTest {
  private static final Path SCHEMA = Path.of("schema");

  @ParameterizedTest
  @MethodSource("good")
  void goodExample_isValid_andRead(Path example) throws IOException {
    byte[] json = Files.readAllBytes(example);
    DecodedTask decoded = TaskCodec.decode(json);

    assertThat(problems(json)).isEmpty();
    assertThat(decoded.content()).hasSize(decoded.task().attachmentSize());
  }

  @ParameterizedTest
  @MethodSource("bad")
  void badExample_isInvalid_andRefused(Path example) throws IOException {
    byte[] json = Files.readAllBytes(example);

    assertThat(problems(json)).isNotEmpty();
    assertThatThrownBy(() -> TaskCodec.decode(json).content())
        .isInstanceOf(MalformedTaskException.class);
  }

  @Test
  void whatTheCodecWrites_isValid() throws IOException {
    assertThat(problems(Tasks.encode(Tasks.invoice(), Tasks.content(1000, 1)).json())).isEmpty();
  }

  private static List<Error> problems(byte[] json) throws IOException {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(Files.readString(SCHEMA.resolve("attachment-task.schema.json")));
    return schema.validate(
        new String(json, UTF_8),
        InputFormat.JSON,
        context -> context.executionConfig(config -> config.formatAssertionsEnabled(true)));
  }

  static Stream<Path> good() throws IOException {
    return examples("good");
  }

  static Stream<Path> bad() throws IOException {
    return examples("bad");
  }

  private static Stream<Path> examples(String kind) throws IOException {
    try (Stream<Path> files = Files.list(SCHEMA.resolve("examples").resolve(kind))) {
      List<Path> examples = files.sorted().toList();
      assertThat(examples).hasSizeGreaterThan(5);
      return examples.stream();
    }
  }
}
