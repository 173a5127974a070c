package io.odin.persistence.sql;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.Condition;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * All statements of all stores in the words of a dialect, so that people and tests can read them.
 */
public final class Statements {

  private static final List<Function<Dialect, Object>> ROOMS =
      List.of(
          NamespaceSql::new,
          ShardSql::new,
          ExecutionSql::new,
          CurrentRunSql::new,
          CommitSql::new,
          HistorySql::new,
          TaskSql::new,
          DeadLetterSql::new,
          TimerSql::new,
          SignalSql::new,
          QueryResultSql::new,
          VisibilitySql::new,
          ScheduleSql::new,
          ScheduleHistorySql::new,
          RetentionSql::new,
          HealthSql::new);

  private Statements() {}

  /** Every statement, ordered by name. */
  public static List<Sql> all(Dialect dialect) {
    Map<String, Sql> found = new TreeMap<>();
    ROOMS.forEach(room -> collect(room.apply(dialect), found));
    dialect.tasks().all().forEach(sql -> add(sql, found));
    return List.copyOf(found.values());
  }

  /** The statements that list what a query finds, first page and next, and the query's values. */
  public static List<Step> ofList(
      Dialect dialect,
      NamespaceId namespace,
      Optional<Condition> condition,
      VisibilityOrder order) {
    SearchSql search = new SearchSql(dialect, namespace, condition);
    Map<String, Sql> found = new TreeMap<>();
    collect(search.list("visibility.list", order), found);
    return found.values().stream().map(sql -> Step.change(sql, search.binds())).toList();
  }

  private static void collect(Object holder, Map<String, Sql> found) {
    for (Field field : holder.getClass().getDeclaredFields()) {
      add(valueOf(field, holder), found);
    }
  }

  private static void add(Object value, Map<String, Sql> found) {
    switch (value) {
      case Sql sql -> addOnce(sql, found);
      case Listing listing -> collect(listing, found);
      case RunPartSql part -> collect(part, found);
      case Optional<?> optional -> optional.ifPresent(present -> add(present, found));
      case List<?> several -> several.forEach(each -> add(each, found));
      default -> {}
    }
  }

  private static void addOnce(Sql sql, Map<String, Sql> found) {
    if (found.put(sql.name(), sql) != null) {
      throw new IllegalStateException("two statements have the name " + sql.name());
    }
  }

  private static Object valueOf(Field field, Object holder) {
    try {
      field.setAccessible(true);
      return field.get(holder);
    } catch (IllegalAccessException e) {
      throw new IllegalStateException("fields of this package can be read", e);
    }
  }
}
