package io.odin.persistence.sql.statement;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.CustomCondition;
import org.jspecify.annotations.Nullable;

/**
 * Numbers of which a column is one, in a statement whose text does not depend on how many there
 * are. Immutable and thread-safe.
 *
 * @param name of the parameter, or of all of them: see {@link SqlForms#oneOf}
 */
public record NumberSet(String name) {

  /** How many numbers a statement takes. */
  public static final int MAXIMUM = 512;

  /** True of the rows whose column has one of the numbers. */
  public Condition contains(Field<Integer> column) {
    return CustomCondition.of(
        context -> context.visit(Renderer.formsOf(context.configuration()).oneOf(column, this)));
  }

  /** The parameters, for a database that takes each number by itself. */
  public List<Field<?>> parameters() {
    return IntStream.range(0, MAXIMUM).<Field<?>>mapToObj(i -> Renderer.param(name(i))).toList();
  }

  private String name(int index) {
    return name + '_' + index;
  }

  /**
   * Adds the numbers to the values of a statement.
   *
   * @param numbers 1 to {@link #MAXIMUM}
   */
  public Binds bind(Binds binds, List<Integer> numbers) {
    List<@Nullable Object> all = new ArrayList<>(numbers);
    binds.and(name, new RowShape.ColumnValues(RowShape.Type.INTEGER, all));
    for (int i = 0; i < MAXIMUM; i++) {
      // What is left over repeats the last one, which the planner notices.
      binds.and(name(i), numbers.get(Math.min(i, numbers.size() - 1)));
    }
    return binds;
  }
}
