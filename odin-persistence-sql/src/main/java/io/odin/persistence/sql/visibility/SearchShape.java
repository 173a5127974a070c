package io.odin.persistence.sql.visibility;

import io.odin.persistence.visibility.query.Condition;
import io.odin.persistence.visibility.query.Condition.And;
import io.odin.persistence.visibility.query.Condition.Between;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Condition.In;
import io.odin.persistence.visibility.query.Condition.IsNull;
import io.odin.persistence.visibility.query.Condition.Not;
import io.odin.persistence.visibility.query.Condition.Or;
import io.odin.persistence.visibility.query.Condition.StartsWith;
import io.odin.persistence.visibility.query.Field;
import io.odin.persistence.visibility.query.Field.Tag;
import java.util.List;

/**
 * What the text of a search depends on: all of its condition but the values and the keys of tags,
 * which are bound.
 *
 * @param parts equal if and only if the conditions differ in nothing but those
 */
record SearchShape(List<Object> parts) {

  static SearchShape of(Condition condition) {
    return new SearchShape(parts(condition));
  }

  private static List<Object> parts(Condition condition) {
    return switch (condition) {
      case And and -> List.of("and", and.parts().stream().map(SearchShape::parts).toList());
      case Or or -> List.of("or", or.alternatives().stream().map(SearchShape::parts).toList());
      case Not not -> List.of("not", parts(not.test()));
      case Comparison(var field, var operator, var value) ->
          List.of(shape(field), operator, value.getClass());
      case In(var field, var values) ->
          List.of(shape(field), "in", values.stream().<Object>map(Object::getClass).toList());
      case Between(var field, var low, var high) ->
          List.of(shape(field), "between", low.getClass(), high.getClass());
      case IsNull(var field) -> List.of(shape(field), "is null");
      case StartsWith(var field, var prefix) -> List.of(shape(field), "starts with");
    };
  }

  /** The key of a tag is bound like a value. */
  private static Object shape(Field field) {
    return field instanceof Tag ? Tag.class : field;
  }
}
