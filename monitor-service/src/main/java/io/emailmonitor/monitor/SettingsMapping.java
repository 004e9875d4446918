package io.emailmonitor.monitor;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Turns the tree of settings into the configuration. A value of the wrong type is reported and
 * replaced by its default, so that the next one comes to light as well.
 */
final class SettingsMapping {
  private static final Map<Class<?>, String> ALLOWED =
      Map.of(
          int.class, "a whole number",
          Integer.class, "a whole number",
          long.class, "a whole number",
          Boolean.class, "true or false",
          boolean.class, "true or false",
          Duration.class, "a duration with its unit, such as 30s, 5m or 90d",
          DataSize.class, "a size in bytes or with its unit, such as 52428800 or 50MiB");

  private final ObjectMapper mapper;
  private final Problems problems;

  SettingsMapping(ObjectMapper mapper, Problems problems) {
    this.mapper = mapper;
    this.problems = problems;
  }

  /**
   * @throws JsonMappingException if the file has another shape than the configuration
   */
  MonitorConfiguration map(ObjectNode tree, ObjectNode defaults) throws JsonMappingException {
    while (true) {
      try {
        return mapper.treeToValue(tree, MonitorConfiguration.class);
      } catch (JsonMappingException e) {
        JsonPointer at = pointer(e);
        JsonNode wrong = tree.at(at);
        JsonNode replacement = defaults.at(at);
        if (wrong.isMissingNode() || wrong.equals(replacement)) {
          throw e;
        }
        problems.add(key(at), wrong(e, wrong), allowed(e));
        replace(tree, at, replacement);
      } catch (JsonProcessingException e) {
        throw new IllegalStateException("a tree cannot be malformed", e);
      }
    }
  }

  private static JsonPointer pointer(JsonMappingException e) {
    JsonPointer pointer = JsonPointer.empty();
    for (JsonMappingException.Reference step : e.getPath()) {
      pointer =
          step.getFieldName() == null
              ? pointer.appendIndex(step.getIndex())
              : pointer.appendProperty(step.getFieldName());
    }
    // Jackson names the object whose type is unknown, not the field that tells the type.
    return e instanceof InvalidTypeIdException ? pointer.appendProperty("type") : pointer;
  }

  private static String key(JsonPointer pointer) {
    return pointer.toString().substring(1).replaceAll("/(\\d+)(?=/|$)", "[$1]").replace('/', '.');
  }

  private static String wrong(JsonMappingException e, JsonNode value) {
    return e instanceof UnrecognizedPropertyException
        ? "is not a setting"
        : "is \"" + value.asText() + "\"";
  }

  private String allowed(JsonMappingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      return "one of " + unknown.getKnownPropertyIds();
    }
    if (e instanceof InvalidTypeIdException) {
      return "one of "
          + e.getOriginalMessage().replaceAll("(?s).*known type ids = | \\(for .*", "");
    }
    Class<?> type = wantedType(e);
    if (type != null && type.isEnum()) {
      return "one of " + mapper.convertValue(type.getEnumConstants(), List.class);
    }
    return type != null && ALLOWED.containsKey(type)
        ? ALLOWED.get(type)
        : "something else: " + e.getOriginalMessage();
  }

  private static @Nullable Class<?> wantedType(JsonMappingException e) {
    if (e instanceof MismatchedInputException mismatched) {
      return mismatched.getTargetType();
    }
    return e instanceof ValueInstantiationException refused
        ? refused.getType().getRawClass()
        : null;
  }

  private static void replace(ObjectNode tree, JsonPointer at, JsonNode replacement) {
    JsonNode parent = tree.at(at.head());
    if (parent instanceof ObjectNode object) {
      if (replacement.isMissingNode()) {
        object.remove(at.last().getMatchingProperty());
      } else {
        object.set(at.last().getMatchingProperty(), replacement);
      }
    } else if (parent instanceof ArrayNode array) {
      array.remove(at.last().getMatchingIndex());
    }
  }
}
