package io.odin.persistence.sql.statement;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jooq.Condition;
import org.jooq.Configuration;
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
import org.jooq.conf.SettingsTools;
import org.jooq.impl.CustomCondition;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.DefaultConfiguration;
import org.jooq.impl.SQLDataType;

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

  /** A null of no type, since jOOQ would cast one of a type. */
  private static final Field<Object> NULL =
      CustomField.of("nothing", SQLDataType.OTHER, context -> context.visit(DSL.keyword("null")));

  private final SqlForms forms;
  private final DSLContext context;
  private final DSLContext inOneLine;

  /** Renders in the SQL of a database. */
  public Renderer(SqlForms forms) {
    this.forms = forms;
    context = context(forms, SETTINGS);
    inOneLine = context(forms, SettingsTools.clone(SETTINGS).withRenderFormatted(false));
  }

  private static DSLContext context(SqlForms forms, Settings settings) {
    Configuration configuration = new DefaultConfiguration().set(forms.family()).set(settings);
    configuration.data(SqlForms.class, forms);
    return DSL.using(configuration);
  }

  /** The forms of the database that is rendered for. */
  static SqlForms formsOf(Configuration configuration) {
    return (SqlForms)
        Objects.requireNonNull(configuration.data(SqlForms.class), "not rendered by a Renderer");
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

  /** How the database writes what jOOQ does not know. */
  public SqlForms forms() {
    return forms;
  }

  /** The statement as text, under a name. */
  public Sql sql(String name, Query query) {
    return Sql.of(name, forms.replacement(name).orElseGet(() -> context.renderNamedParams(query)));
  }

  /** A condition as one line of text, without parameters. */
  public String inOneLine(Condition condition) {
    return inOneLine.renderInlined(condition);
  }

  /** A table. */
  public static Table<?> table(String name) {
    return DSL.table(DSL.unquotedName(name));
  }

  /** A column of an alias. */
  public static <T> Field<T> column(String alias, Field<T> column) {
    return DSL.field(DSL.unquotedName(alias, column.getName()), column.getDataType());
  }

  /** Columns of an alias. */
  public static List<Field<?>> columns(String alias, List<Field<?>> columns) {
    return columns.stream().<Field<?>>map(column -> column(alias, column)).toList();
  }

  /** What a query selects, as text, with parameters. */
  public String selected(List<Field<?>> columns) {
    return context.renderNamedParams(DSL.select(columns)).substring("select".length()).strip();
  }

  /** A value that comes with each call. */
  public static Param<Object> param(String name) {
    return DSL.param(name, Object.class);
  }

  /**
   * The value of that name, which comes with each call. The compiler sees its type; what jOOQ
   * renders has none, since it would cast it.
   */
  public static <T> Field<T> param(Field<T> column) {
    Param<Object> untyped = param(column.getName());
    return CustomField.of(
        column.getName(), column.getDataType(), context -> context.visit(untyped));
  }

  /** The maximum number of rows. */
  public static Param<Long> limit() {
    return rows(Columns.LIMIT);
  }

  /** A number of rows, as LIMIT and OFFSET take it. */
  public static Param<Long> rows(Field<?> name) {
    return DSL.param(name.getName(), Long.class);
  }

  /** The columns equal the parameters of their names. */
  public static Condition matches(Field<?>... columns) {
    return matches(List.of(columns));
  }

  /** The columns equal the parameters of their names. */
  public static Condition matches(List<Field<?>> columns) {
    return DSL.and(columns.stream().map(Renderer::equal).toList());
  }

  /** The columns of an alias equal the parameters of their names. */
  public static Condition matches(String alias, List<Field<?>> columns) {
    return DSL.and(columns.stream().map(column -> equal(alias, column)).toList());
  }

  private static <T> Condition equal(Field<T> column) {
    return column.eq(param(column));
  }

  private static <T> Condition equal(String alias, Field<T> column) {
    return column(alias, column).eq(param(column));
  }

  /** The columns of two aliases are equal. */
  public static Condition equal(String alias, String other, List<Field<?>> columns) {
    return DSL.and(columns.stream().map(column -> equal(alias, other, column)).toList());
  }

  private static <T> Condition equal(String alias, String other, Field<T> column) {
    return column(alias, column).eq(column(other, column));
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

  /** What an INSERT or UPDATE sets: these columns, to the parameters of their names. */
  public static Map<Field<?>, Field<?>> assign(List<Field<?>> columns) {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    columns.forEach(column -> assignments.put(column, param(column)));
    return assignments;
  }

  /** What an INSERT or UPDATE sets: these columns, to the parameters of their names. */
  public static Map<Field<?>, Field<?>> assign(Field<?>... columns) {
    return assign(List.of(columns));
  }

  /** What an UPDATE sets: these columns, to null. */
  public static Map<Field<?>, Field<?>> clear(Field<?>... columns) {
    Map<Field<?>, Field<?>> assignments = new LinkedHashMap<>();
    for (Field<?> column : columns) {
      assignments.put(column, NULL);
    }
    return assignments;
  }
}
