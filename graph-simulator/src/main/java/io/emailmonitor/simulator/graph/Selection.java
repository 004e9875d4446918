package io.emailmonitor.simulator.graph;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@code $select} option: which properties of an entity are wanted. */
final class Selection {

  /** The whole entity, less what Graph gives only to those who ask for it. */
  static final Selection ALL = new Selection(null);

  private final @Nullable List<String> names;

  private Selection(@Nullable List<String> names) {
    this.names = names;
  }

  /** Fails as Graph does for a property that the type does not have. */
  static Selection parse(String option, EntityType type) {
    if (option.isBlank()) {
      return ALL;
    }
    List<String> names = new ArrayList<>();
    for (String name : option.split(",", -1)) {
      names.add(type.property(name.strip()));
    }
    return new Selection(names);
  }

  boolean isAll() {
    return names == null;
  }

  boolean includes(String name) {
    return names == null || names.contains(name);
  }

  /** Whether it was named, not merely left in. */
  boolean names(String name) {
    return names != null && names.contains(name);
  }

  /** Takes out what is not wanted; ids and annotations always stay. */
  ObjectNode applyTo(ObjectNode entity) {
    if (names != null) {
      Set<String> kept = new HashSet<>(names);
      List<String> present = new ArrayList<>();
      entity.fieldNames().forEachRemaining(present::add);
      for (String name : present) {
        if (!kept.contains(name) && !name.equals("id") && !name.contains("@")) {
          entity.remove(name);
        }
      }
    }
    return entity;
  }

  /** As it stands in an {@code @odata.context}. */
  @Override
  public String toString() {
    return names == null ? "" : '(' + String.join(",", names) + ')';
  }

  /** The properties of one of Graph's types. */
  record EntityType(String name, List<String> properties, List<String> derived) {

    String property(String asked) {
      for (String property : properties) {
        if (property.equalsIgnoreCase(asked)) {
          return property;
        }
      }
      for (String property : derived) {
        if (asked.toLowerCase(Locale.ROOT).endsWith('/' + property.toLowerCase(Locale.ROOT))) {
          return property;
        }
      }
      throw GraphFailure.unknownProperty(asked, name);
    }
  }
}
