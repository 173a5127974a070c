package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.CLOSE_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.EXECUTION_DURATION_MS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.EXECUTION_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.HISTORY_LENGTH;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.PARENT_RUN_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.PARENT_WORKFLOW_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.RUN_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.START_TIME;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.STATE_TRANSITION_COUNT;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.TASK_QUEUE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.VISIBILITY_RECORDS;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_ID;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_STATE;
import static io.odin.persistence.sql.visibility.VisibilityRecordsTable.WORKFLOW_TYPE;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.WORKFLOW_TAGS;

import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Deferred;
import io.odin.persistence.sql.statement.Parameters;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RunColumns;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Table;
import org.jooq.impl.DSL;

/**
 * Reads the condition of a query once: binds its values, writes down its {@link SearchShape}, and
 * says how it becomes a condition on the rows of visibility_records. Not thread-safe.
 */
final class SearchCondition {

  private static final char ESCAPE = '!';
  private static final String ALIAS = "t";
  private static final Table<?> TAGS = WORKFLOW_TAGS.as(ALIAS);
  private static final Field<Object> TAG_KEY = ofAlias(WorkflowTagsTable.TAG_KEY);
  private static final Field<Object> TAG_VALUE = ofAlias(WorkflowTagsTable.TAG_VALUE);
  private static final Map<SystemField, Field<Object>> COLUMNS =
      Arrays.stream(SystemField.values())
          .collect(Collectors.toMap(field -> field, field -> typed(field).coerce(Object.class)));
  private static final Deferred<Condition> ANY_VALUE = DSL::noCondition;

  private final Dialect dialect;
  private final Parameters parameters;
  private final SearchShape shape = new SearchShape();

  SearchCondition(Dialect dialect, Parameters parameters) {
    this.dialect = dialect;
    this.parameters = parameters;
  }

  /** What was read so far. */
  SearchShape shape() {
    return shape;
  }

  Deferred<Condition> of(io.odin.persistence.visibility.query.Condition condition) {
    switch (condition) {
      case And and -> {
        shape.add(and);
        return Deferred.all(and.parts().stream().map(this::of).toList(), each -> DSL.and(each));
      }
      case Or or -> {
        shape.add(or);
        return areTags(or)
            ? anyTag(or)
            : Deferred.all(or.alternatives().stream().map(this::of).toList(), each -> DSL.or(each));
      }
      case Not not -> {
        shape.add(not);
        return not(not.test());
      }
      case Test test -> {
        shape.add(test);
        return test instanceof Comparison comparison && comparison.operator() == Operator.NOT_EQUAL
            ? not(new Comparison(comparison.field(), Operator.EQUAL, comparison.value()))
            : test(test);
      }
    }
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
  private Deferred<Condition> anyTag(Or or) {
    List<Deferred<Condition>> tags = new ArrayList<>();
    for (io.odin.persistence.visibility.query.Condition alternative : or.alternatives()) {
      Comparison tag = (Comparison) alternative;
      shape.add(tag);
      tags.add(Deferred.both(hasKey((Tag) tag.field()), onColumn(tag, TAG_VALUE), Condition::and));
    }
    return tagExists(Deferred.all(tags, each -> DSL.or(each)));
  }

  /** There is a value, and the test does not hold for it. */
  private Deferred<Condition> not(Test test) {
    return switch (test.field()) {
      case SystemField field -> onColumn(test, columnOf(field)).map(DSL::not);
      case Attribute attribute when test instanceof IsNull -> test(test).map(DSL::not);
      case Attribute attribute ->
          Deferred.both(
              test(new IsNull(attribute)),
              test(test),
              (missing, holds) -> DSL.not(missing).and(DSL.not(holds)));
      case Tag tag when test instanceof IsNull -> tagWhere(tag, ANY_VALUE);
      case Tag tag -> tagWhere(tag, onColumn(test, TAG_VALUE).map(DSL::not));
    };
  }

  private Deferred<Condition> test(Test test) {
    return switch (test.field()) {
      case SystemField field -> onColumn(test, columnOf(field));
      case Attribute attribute -> dialect.attribute(attribute, test, parameters);
      case Tag tag when test instanceof IsNull -> tagWhere(tag, ANY_VALUE).map(DSL::not);
      case Tag tag -> tagWhere(tag, onColumn(test, TAG_VALUE));
    };
  }

  /** The run has that tag, and its value is such. */
  private Deferred<Condition> tagWhere(Tag tag, Deferred<Condition> value) {
    return tagExists(Deferred.both(hasKey(tag), value, Condition::and));
  }

  private Deferred<Condition> hasKey(Tag tag) {
    return parameters.of(tag.key()).map(TAG_KEY::eq);
  }

  private static Deferred<Condition> tagExists(Deferred<Condition> tag) {
    return tag.map(
        such ->
            Renderer.exists(
                DSL.selectOne()
                    .from(TAGS)
                    .where(Renderer.equal(ALIAS, VISIBILITY_RECORDS.getName(), RunColumns.RUN))
                    .and(such)));
  }

  /** A test on a column; not true where the column is null, and neither is its negation. */
  private Deferred<Condition> onColumn(Test test, Field<Object> column) {
    return switch (test) {
      case Comparison(var field, Operator operator, Value value) ->
          parameter(value).map(operand -> compare(column, operator, operand));
      case In in -> Deferred.all(in.values().stream().map(this::parameter).toList(), column::in);
      case Between(var field, Value low, Value high) ->
          Deferred.both(parameter(low), parameter(high), column::between);
      case IsNull isNull -> column::isNull;
      case StartsWith(var field, String prefix) ->
          parameters.text(pattern(prefix)).map(wanted -> column.like(wanted, ESCAPE));
    };
  }

  private static Condition compare(Field<Object> column, Operator operator, Field<Object> value) {
    return switch (operator) {
      case EQUAL -> column.eq(value);
      case NOT_EQUAL -> column.ne(value);
      case LESS -> column.lt(value);
      case LESS_OR_EQUAL -> column.le(value);
      case GREATER -> column.gt(value);
      case GREATER_OR_EQUAL -> column.ge(value);
    };
  }

  private Deferred<Field<Object>> parameter(Value value) {
    return switch (value) {
      case Value.Text text -> parameters.of(text.text());
      case Value.Whole whole -> parameters.of(whole.number());
      case Value.Decimal decimal -> parameters.of(decimal.number());
      case Value.Bool bool -> parameters.of(bool == Value.Bool.TRUE);
      case Value.Time time -> parameters.of(time.instant());
      case Value.Now now ->
          parameters
              .of(now.offset().negated())
              .map(offset -> DatabaseClock.before(offset).coerce(Object.class));
      case Value.RunId run -> parameters.of(run.id());
      case Value.State state -> parameters.of(state.state().value());
    };
  }

  /** A LIKE pattern for texts that begin so. */
  static String pattern(String prefix) {
    return prefix.replaceAll("[!%_]", ESCAPE + "$0") + "%";
  }

  private static Field<Object> columnOf(SystemField field) {
    return Objects.requireNonNull(COLUMNS.get(field));
  }

  private static Field<?> typed(SystemField field) {
    return switch (field) {
      case WORKFLOW_ID -> WORKFLOW_ID;
      case RUN_ID -> RUN_ID;
      case WORKFLOW_TYPE -> WORKFLOW_TYPE;
      case TASK_QUEUE -> TASK_QUEUE;
      case PARENT_WORKFLOW_ID -> PARENT_WORKFLOW_ID;
      case PARENT_RUN_ID -> PARENT_RUN_ID;
      case EXECUTION_STATUS -> WORKFLOW_STATE;
      case START_TIME -> START_TIME;
      case EXECUTION_TIME -> EXECUTION_TIME;
      case CLOSE_TIME -> CLOSE_TIME;
      case HISTORY_LENGTH -> HISTORY_LENGTH;
      case STATE_TRANSITION_COUNT -> STATE_TRANSITION_COUNT;
      case EXECUTION_DURATION -> EXECUTION_DURATION_MS;
    };
  }

  private static Field<Object> ofAlias(Field<?> column) {
    return column(ALIAS, column).coerce(Object.class);
  }
}
