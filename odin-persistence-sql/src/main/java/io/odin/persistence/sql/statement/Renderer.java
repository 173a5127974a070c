package io.odin.persistence.sql.statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Context;
import org.jooq.DSLContext;
import org.jooq.Field;
import org.jooq.Keyword;
import org.jooq.Param;
import org.jooq.Query;
import org.jooq.SQLDialect;
import org.jooq.Select;
import org.jooq.Table;
import org.jooq.conf.RenderQuotedNames;
import org.jooq.conf.Settings;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.DSL;

/**
 * Renders jOOQ statements to SQL, once for each dialect. Names are plain and values are untyped:
 * the driver knows the types of what it binds, so that no casts prevent the use of an index.
 */
public final class Renderer {

  private static final Settings SETTINGS =
      new Settings()
          .withRenderQuotedNames(RenderQuotedNames.EXPLICIT_DEFAULT_UNQUOTED)
          .withRenderFormatted(true);

  private static final List<String> NO_BANNER = List.of("org.jooq.no-logo", "org.jooq.no-tips");

  static {
    renderWithoutBanner();
  }

  private static final Keyword EXISTS = DSL.keyword("exists");
  private static final Keyword NOT_EXISTS = DSL.keyword("not exists");

  private final DSLContext context;

  /** Renders in the SQL of this family of databases. */
  public Renderer(SQLDialect family) {
    context = DSL.using(family, SETTINGS);
  }

  /**
   * Renders for the first time, which is when jOOQ logs a logo and a tip of the day, unless these
   * properties are set. They are removed again: an application's properties are its own.
   */
  private static void renderWithoutBanner() {
    List<String> added =
        NO_BANNER.stream().filter(name -> System.getProperty(name) == null).toList();
    added.forEach(name -> System.setProperty(name, "true"));
    try {
      DSL.using(SQLDialect.DEFAULT).render(DSL.one());
    } finally {
      added.forEach(System::clearProperty);
    }
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

  /** The maximum number of rows. */
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

  /**
   * Whether a query has a row, which is also what {@code DSL.exists} renders: no version of that
   * method is in every jOOQ that is supported, because the type of its parameter has changed.
   */
  public static Condition exists(Select<?> query) {
    return CustomCondition.of(context -> subquery(context.visit(EXISTS), query));
  }

  /** Whether a query has no row; see {@link #exists}. */
  public static Condition notExists(Select<?> query) {
    return CustomCondition.of(context -> subquery(context.visit(NOT_EXISTS), query));
  }

  private static void subquery(Context<?> context, Select<?> query) {
    context
        .sql(" (")
        .formatIndentStart()
        .formatNewLine()
        .visit(query)
        .formatIndentEnd()
        .formatNewLine()
        .sql(')');
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
