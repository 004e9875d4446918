package io.emailmonitor.service.settings;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dropwizard.configuration.EnvironmentVariableSubstitutor;
import io.dropwizard.configuration.UndefinedEnvironmentVariableException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/**
 * A file of settings with the environment's values put in, which remembers the variable behind each
 * key. Values are put into the parsed tree, not into the text, so that no password or name can be
 * mistaken for YAML.
 */
public final class SettingsFile {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z_][A-Za-z0-9_]*)");

  private final StringSubstitutor substitutor;
  private final ObjectNode tree;
  private final Map<String, String> variableByKey = new HashMap<>();
  private final Set<String> undefined = new TreeSet<>();

  private SettingsFile(ObjectNode tree, StringSubstitutor substitutor) {
    this.tree = tree;
    this.substitutor = substitutor;
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it cannot be read or is not a YAML map
   */
  public static SettingsFile read(InputStream yaml, Map<String, String> environment)
      throws IOException {
    if (!(new YAMLMapper().readTree(yaml) instanceof ObjectNode tree)) {
      throw new IOException("it holds no settings");
    }
    SettingsFile file = new SettingsFile(tree, substitutor(environment));
    file.substituteIn("", tree);
    return file;
  }

  private static StringSubstitutor substitutor(Map<String, String> environment) {
    StringSubstitutor strict = new EnvironmentVariableSubstitutor(true);
    strict.setDisableSubstitutionInValues(true);
    strict.setVariableResolver(
        name -> {
          String value = environment.get(name);
          return value == null || value.isBlank() ? null : value;
        });
    return strict;
  }

  private void substituteIn(String prefix, ObjectNode object) {
    for (Map.Entry<String, JsonNode> field : object.properties()) {
      field.setValue(substituted(prefix + field.getKey(), field.getValue()));
    }
  }

  private JsonNode substituted(String key, JsonNode node) {
    if (node instanceof ObjectNode object) {
      substituteIn(key + ".", object);
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, substituted(key + "[" + i + "]", array.get(i)));
      }
    } else if (node instanceof TextNode text) {
      return substituted(key, text.textValue());
    }
    return node;
  }

  private JsonNode substituted(String key, String text) {
    Matcher variable = VARIABLE.matcher(text);
    if (variable.find()) {
      variableByKey.put(key, variable.group(1));
    }
    try {
      String value = substitutor.replace(text);
      return value.isEmpty() ? NullNode.getInstance() : TextNode.valueOf(value);
    } catch (UndefinedEnvironmentVariableException e) {
      undefined.add(key);
      return NullNode.getInstance();
    }
  }

  /** The environment variable that gives each key its value. */
  public Map<String, String> variableByKey() {
    return variableByKey;
  }

  /** Keys whose variable is not set though the file gives no default. */
  public Set<String> undefined() {
    return undefined;
  }

  /** What it says; of an empty text nothing is left. */
  public ObjectNode tree() {
    return tree;
  }

  /**
   * This file, with what it leaves out or empty taken from another one. A list replaces the
   * other's; what its elements leave out comes from the other's elements of the same place and
   * type.
   */
  public SettingsFile over(SettingsFile defaults) {
    SettingsFile merged = new SettingsFile(defaults.tree.deepCopy(), substitutor);
    merge(merged.tree, tree);
    merged.variableByKey.putAll(defaults.variableByKey);
    merged.variableByKey.keySet().removeIf(this::says);
    merged.variableByKey.putAll(variableByKey);
    merged.undefined.addAll(undefined);
    return merged;
  }

  private boolean says(String key) {
    JsonNode value = tree.at("/" + key.replace('.', '/').replace('[', '/').replace("]", ""));
    return !value.isMissingNode() && !value.isNull();
  }

  private static void merge(ObjectNode into, ObjectNode from) {
    for (Map.Entry<String, JsonNode> field : from.properties()) {
      JsonNode old = into.get(field.getKey());
      if (!field.getValue().isNull() || old == null) {
        into.set(field.getKey(), merged(old, field.getValue()));
      }
    }
  }

  private static JsonNode merged(@Nullable JsonNode old, JsonNode given) {
    if (old instanceof ObjectNode oldObject && given instanceof ObjectNode givenObject) {
      merge(oldObject, givenObject);
      return oldObject;
    }
    if (old instanceof ArrayNode oldList && given instanceof ArrayNode givenList) {
      ArrayNode list = givenList.arrayNode();
      for (int i = 0; i < givenList.size(); i++) {
        JsonNode element = givenList.get(i);
        list.add(sameType(oldList.path(i), element) ? merged(oldList.get(i), element) : element);
      }
      return list;
    }
    return given;
  }

  private static boolean sameType(JsonNode old, JsonNode given) {
    return !given.has("type") || given.get("type").equals(old.path("type"));
  }
}
