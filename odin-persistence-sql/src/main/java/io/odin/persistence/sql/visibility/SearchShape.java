package io.odin.persistence.sql.visibility;

import io.odin.persistence.visibility.query.Condition.And;
import io.odin.persistence.visibility.query.Condition.Between;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Condition.In;
import io.odin.persistence.visibility.query.Condition.IsNull;
import io.odin.persistence.visibility.query.Condition.Not;
import io.odin.persistence.visibility.query.Condition.Or;
import io.odin.persistence.visibility.query.Condition.StartsWith;
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field;
import io.odin.persistence.visibility.query.Field.Tag;
import io.odin.persistence.visibility.query.Value;
import java.util.ArrayList;
import java.util.List;

/**
 * What the text of a search depends on: all of its condition but the values and the keys of tags,
 * which are bound. Written down while the condition is read, each part before its own parts. Two
 * are equal if and only if the conditions differ in nothing but values. Not thread-safe.
 */
final class SearchShape {

  private final List<Object> parts = new ArrayList<>();

  void add(And and) {
    parts.add(And.class);
    parts.add(and.parts().size());
  }

  void add(Or or) {
    parts.add(Or.class);
    parts.add(or.alternatives().size());
  }

  void add(Not not) {
    parts.add(Not.class);
    add(not.test());
  }

  void add(Test test) {
    // The key of a tag is bound like a value.
    Field field = test.field();
    parts.add(field instanceof Tag ? Tag.class : field);
    switch (test) {
      case Comparison comparison -> {
        parts.add(comparison.operator());
        add(comparison.value());
      }
      case In in -> {
        parts.add(In.class);
        parts.add(in.values().size());
        in.values().forEach(this::add);
      }
      case Between between -> {
        parts.add(Between.class);
        add(between.low());
        add(between.high());
      }
      case IsNull isNull -> parts.add(IsNull.class);
      case StartsWith startsWith -> parts.add(StartsWith.class);
    }
  }

  private void add(Value value) {
    parts.add(value.getClass());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SearchShape shape && parts.equals(shape.parts);
  }

  @Override
  public int hashCode() {
    return parts.hashCode();
  }

  @Override
  public String toString() {
    return parts.toString();
  }
}
