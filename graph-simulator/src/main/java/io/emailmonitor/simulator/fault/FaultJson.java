package io.emailmonitor.simulator.fault;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Reads and writes the vocabulary of this package, with strict names and readable times. */
public final class FaultJson {

  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .addModule(
              new SimpleModule()
                  .addSerializer(Duration.class, new Written())
                  .addDeserializer(Duration.class, new Read<>(Duration.class, Durations::parse))
                  .addDeserializer(Instant.class, new Read<>(Instant.class, Instant::parse)))
          .build();

  private FaultJson() {}

  /**
   * Fails with words that say what is wrong and where.
   *
   * @throws IllegalArgumentException for what is no JSON or not of that type
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      T value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new IllegalArgumentException("a JSON object is needed");
      }
      return value;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(words(e), e);
    } catch (IOException e) {
      throw new IllegalStateException("an array can always be read", e);
    }
  }

  public static JsonNode write(Object value) {
    return MAPPER.valueToTree(value);
  }

  private static String words(JsonProcessingException e) {
    String reason =
        e instanceof ValueInstantiationException && e.getCause() != null
            ? String.valueOf(e.getCause().getMessage())
            : e.getOriginalMessage();
    StringBuilder where = new StringBuilder();
    if (e instanceof JsonMappingException mapping) {
      for (JsonMappingException.Reference step : mapping.getPath()) {
        where.append(step.getIndex() < 0 ? "." + step.getFieldName() : "[" + step.getIndex() + "]");
      }
    }
    return where.isEmpty() ? reason : reason + " (at " + where.toString().substring(1) + ")";
  }

  private static final class Written extends StdScalarSerializer<Duration> {

    Written() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration time, JsonGenerator out, SerializerProvider provider)
        throws IOException {
      out.writeString(Durations.write(time));
    }
  }

  private static final class Read<T> extends StdScalarDeserializer<T> {

    private final transient Function<String, T> parse;

    Read(Class<T> type, Function<String, T> parse) {
      super(type);
      this.parse = parse;
    }

    @Override
    public T deserialize(JsonParser in, DeserializationContext context) throws IOException {
      try {
        return parse.apply(in.getText());
      } catch (IllegalArgumentException | DateTimeException e) {
        throw JsonMappingException.from(in, e.getMessage());
      }
    }
  }
}
