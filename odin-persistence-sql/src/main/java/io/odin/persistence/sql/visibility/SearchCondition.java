package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Renderer.column;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.visibility.query.Condition.And;
import io.odin.persistence.visibility.query.Condition.Between;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Condition.In;
import io.odin.persistence.visibility.query.Condition.IsNull;
import io.odin.persistence.visibility.query.Condition.Not;
import io.odin.persistence.visibility.query.Condition.Or;
import io.odin.persistence.visibility.query.Condition.StartsWith;
import io.odin.persistence.visibility.query.Condition.Test;
import io.odin.persistence.visibility.query.Field.Attribute;
import io.odin.persistence.visibility.query.Field.Tag;
import io.odin.persistence.visibility.query.Operator;
import io.odin.persistence.visibility.query.SystemField;
import io.odin.persistence.visibility.query.Value;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** Turns a query into a condition on the rows of visibility_records. Not thread-safe. */
final class SearchCondition {

  private static final char ESCAPE = '!';
  private static final Table<?> TAGS = VisibilitySql.TAGS.as("t");

  private final Dialect dialect;
  private final Parameters parameters;

  SearchCondition(Dialect dialect, Parameters parameters) {
    this.dialect = dialect;
    this.parameters = parameters;
  }

  Condition of(io.odin.persistence.visibility.query.Condition condition) {
    return switch (condition) {
      case And and -> DSL.and(and.parts().stream().map(this::of).toList());
      case Or or when areTags(or) -> anyTag(or);
      case Or or -> DSL.or(or.alternatives().stream().map(this::of).toList());
      case Not not -> not(not.test());
      case Comparison comparison when comparison.operator() == Operator.NOT_EQUAL ->
          not(new Comparison(comparison.field(), Operator.EQUAL, comparison.value()));
      case Test test -> test(test);
    };
  }

  private static boolean areTags(Or or) {
    return or.alternatives().stream()
        .allMatch(
            alternative ->
                alternative instanceof Comparison comparison
                    && comparison.field() instanceof Tag
                    && comparison.operator() == Operator.EQUAL);
  }

  /** One look at the tags, so that the search may begin with them. */
  private Condition anyTag(Or or) {
    return tagExists(
        DSL.or(
            or.alternatives().stream()
                .map(Comparison.class::cast)
                .map(tag -> hasKey((Tag) tag.field()).and(onColumn(tag, column("t", "tag_value"))))
                .toList()));
  }

  /** There is a value, and the test does not hold for it. */
  private Condition not(Test test) {
    return switch (test.field()) {
      case SystemField field -> DSL.not(onColumn(test, column(columnOf(field))));
      case Attribute attribute when test instanceof IsNull -> DSL.not(test(test));
      case Attribute attribute -> DSL.not(test(new IsNull(attribute))).and(DSL.not(test(test)));
      case Tag tag when test instanceof IsNull -> tagWhere(tag, DSL.noCondition());
      case Tag tag -> tagWhere(tag, DSL.not(onColumn(test, column("t", "tag_value"))));
    };
  }

  private Condition test(Test test) {
    return switch (test.field()) {
      case SystemField field -> onColumn(test, column(columnOf(field)));
      case Attribute attribute -> dialect.attribute(attribute, test, parameters);
      case Tag tag when test instanceof IsNull -> DSL.not(tagWhere(tag, DSL.noCondition()));
      case Tag tag -> tagWhere(tag, onColumn(test, column("t", "tag_value")));
    };
  }

  /** The run has that tag, and its value is such. */
  private Condition tagWhere(Tag tag, Condition value) {
    return tagExists(hasKey(tag).and(value));
  }

  private Condition hasKey(Tag tag) {
    return column("t", "tag_key").eq(parameters.of(tag.key()));
  }

  private static Condition tagExists(Condition tag) {
    return Renderer.exists(
        DSL.selectOne()
            .from(TAGS)
            .where(ofTheRun("namespace_id"), ofTheRun("workflow_id"), ofTheRun("run_id"))
            .and(tag));
  }

  private static Condition ofTheRun(String name) {
    return column("t", name).eq(column("visibility_records", name));
  }

  /** A test on a column; not true where the column is null, and neither is its negation. */
  private Condition onColumn(Test test, Field<Object> column) {
    return switch (test) {
      case Comparison(var field, Operator operator, Value value) ->
          compare(column, operator, parameter(value));
      case In in -> column.in(in.values().stream().map(this::parameter).toList());
      case Between(var field, Value low, Value high) ->
          column.between(parameter(low), parameter(high));
      case IsNull isNull -> column.isNull();
      case StartsWith(var field, String prefix) ->
          column.like(parameters.text(pattern(prefix)), ESCAPE);
    };
  }

  private static Condition compare(Field<Object> column, Operator operator, Field<Object> value) {
    Function<Field<Object>, Condition> comparison =
        switch (operator) {
          case EQUAL -> column::eq;
          case NOT_EQUAL -> column::ne;
          case LESS -> column::lt;
          case LESS_OR_EQUAL -> column::le;
          case GREATER -> column::gt;
          case GREATER_OR_EQUAL -> column::ge;
        };
    return comparison.apply(value);
  }

  private Field<Object> parameter(Value value) {
    return switch (value) {
      case Value.Text text -> parameters.of(text.text());
      case Value.Whole whole -> parameters.of(whole.number());
      case Value.Decimal decimal -> parameters.of(decimal.number());
      case Value.Bool bool -> parameters.of(bool == Value.Bool.TRUE);
      case Value.Time time -> parameters.of(time.instant());
      case Value.Now now -> DatabaseClock.before(parameters.of(now.offset().negated()));
      case Value.RunId run -> parameters.of(run.id());
      case Value.State state -> parameters.of(state.state().value());
    };
  }

  /** A LIKE pattern for texts that begin so. */
  static String pattern(String prefix) {
    return prefix.replaceAll("[!%_]", ESCAPE + "$0") + "%";
  }

  private static String columnOf(SystemField field) {
    return switch (field) {
      case WORKFLOW_ID -> "workflow_id";
      case RUN_ID -> "run_id";
      case WORKFLOW_TYPE -> "workflow_type";
      case TASK_QUEUE -> "task_queue";
      case PARENT_WORKFLOW_ID -> "parent_workflow_id";
      case PARENT_RUN_ID -> "parent_run_id";
      case EXECUTION_STATUS -> "workflow_state";
      case START_TIME -> "start_time";
      case EXECUTION_TIME -> "execution_time";
      case CLOSE_TIME -> "close_time";
      case HISTORY_LENGTH -> "history_length";
      case STATE_TRANSITION_COUNT -> "state_transition_count";
      case EXECUTION_DURATION -> "execution_duration_ms";
    };
  }
}
