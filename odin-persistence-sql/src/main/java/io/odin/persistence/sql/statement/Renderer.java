package io.odin.persistence.sql.statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Table;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.DSL;

/**
 * Renders jOOQ statements to SQL, once for each dialect. Names are plain and values are untyped:
 * the driver knows the types of what it binds, so that no casts stand between a column and its
 * index.
 */
public final class Renderer {

  private static final Settings SETTINGS =
      new Settings()
          .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
          .withRenderFormatted(true);

  private final DSLContext context;

  /** Renders in the SQL of this family of databases. */
  public Renderer(SQLDialect family) {
    context = DSL.using(family, SETTINGS);
  }

  /** What it renders for. */
  public SQLDialect family() {
    return context.family();
  }

  /** The statement as text, under a name. */
  public Sql sql(String name, Query query) {
    return Sql.of(name, context.renderNamedParams(query));
  }

  /**
   * A table that is read along an index. MySQL needs the hint where, for some values, its planner
   * takes another one and reads much; PostgreSQL's sessions have settings that leave no choice.
   */
  public Table<?> forceIndex(String index, Table<?> table) {
    return family() == SQLDialect.MYSQL ? table.forceIndex(index) : table;
  }

  /** A table for which an index is never the best, which MySQL's planner does not see. */
  public Table<?> ignoreIndex(String index, Table<?> table) {
    return family() == SQLDialect.MYSQL ? table.ignoreIndex(index) : table;
  }

  /** A table. */
  public static Table<?> table(String name) {
    return DSL.table(DSL.unquotedName(name));
  }

  /** A column. */
  public static Field<Object> column(String name) {
    return DSL.field(DSL.unquotedName(name), Object.class);
  }

  /** A column of a table, or of an alias. */
  public static Field<Object> column(String table, String name) {
    return DSL.field(DSL.unquotedName(table, name), Object.class);
  }

  /** A value that comes with each call. */
  public static Param<Object> param(String name) {
    return DSL.param(name, Object.class);
  }

  /** How many rows at the most. */
  public static Param<Long> limit() {
    return DSL.param("limit", Long.class);
  }

  /** The columns equal the parameters of their names. */
  public static Condition matches(String... columns) {
    return matches(List.of(columns));
  }

  /** The columns equal the parameters of their names. */
  public static Condition matches(List<String> columns) {
    return DSL.and(columns.stream().map(name -> column(name).eq(param(name))).toList());
  }

  /** The columns under these names. */
  public static List<Field<?>> columns(String... names) {
    return columns(List.of(names));
  }

  /** The columns under these names. */
  public static List<Field<?>> columns(List<String> names) {
    return names.stream().<Field<?>>map(Renderer::column).toList();
  }

  /** What an INSERT or UPDATE sets: these columns, to the parameters of their names. */
  public static Map<Field<?>, Field<?>> assign(List<String> names) {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    names.forEach(name -> assignments.put(column(name), param(name)));
    return assignments;
  }
}
