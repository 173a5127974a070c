package io.odin.persistence.sql.database;

import static io.odin.persistence.sql.statement.Renderer.param;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.PageTokens;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.SqlForms;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.Record;
import org.jooq.RowN;
import org.jooq.SelectHavingStep;
import org.jooq.SelectQuery;
import org.jooq.SortOrder;
import org.jooq.impl.DSL;

/**
 * A query that is read page by page, along a key: each page begins after the last row of the one
 * before. Immutable.
 */
public final class PagedQuery {

  private static final String AFTER = "after_";

  private final String name;
  private final Sql first;
  private final Sql next;
  private final PayloadColumns columns;
  private final List<Key> keys;

  private PagedQuery(String name, Sql first, Sql next, PayloadColumns columns, List<Key> keys) {
    this.name = name;
    this.first = first;
    this.next = next;
    this.columns = columns;
    this.keys = keys;
  }

  /**
   * Renders both forms of the query.
   *
   * @param columns what the query selects
   * @param query made of them, again for each form, since jOOQ's steps change what they are called
   *     on
   * @param keys by what the rows are ordered; together unique, and all selected by the query
   */
  public PagedQuery(
      Renderer renderer,
      String name,
      PayloadColumns columns,
      Function<List<Field<?>>, ? extends SelectHavingStep<?>> query,
      List<Key> keys) {
    this(
        name,
        renderer.sql(
            name + ".first",
            query.apply(columns.columns()).orderBy(order(keys)).limit(Renderer.limit())),
        renderer.sql(
            name + ".next",
            part(query.apply(columns.columns()), afterKey(renderer.forms(), keys), keys)),
        columns,
        keys);
  }

  /**
   * Renders both forms of a query of several values of the first key, as of several shards. Where a
   * row is compared as a whole, that does not say where in an index to begin for each value: the
   * rest of the value that the last row has, and the values after it, are two parts then, which the
   * database merges.
   *
   * @param columns what the query selects
   * @param query as for a constructor
   * @param keys at least two
   */
  static PagedQuery ofMany(
      Renderer renderer,
      String name,
      PayloadColumns columns,
      Function<List<Field<?>>, ? extends SelectHavingStep<Record>> query,
      List<Key> keys) {
    PagedQuery plain = new PagedQuery(renderer, name, columns, query, keys);
    List<Key> others = keys.subList(1, keys.size());
    if (!isComparedAsAWhole(renderer.forms(), others)) {
      return plain;
    }
    Key key = keys.getFirst();
    SelectHavingStep<Record> same = query.apply(columns.columns());
    // As a list: a planner drops what equals a value from the order, and then sorts to have it.
    Condition ofSame = key.field().in(key.after(), key.after());
    part(same, ofSame.and(afterKey(renderer.forms(), others)), keys);
    SelectQuery<Record> later =
        part(query.apply(columns.columns()), eachAfterKey(List.of(key)), keys);
    Sql next =
        renderer.sql(
            name + ".next", same.unionAll(later).orderBy(order(keys)).limit(Renderer.limit()));
    return new PagedQuery(name, plain.first, next, columns, keys);
  }

  private static boolean isComparedAsAWhole(SqlForms forms, List<Key> keys) {
    RowN row = DSL.row(keys.stream().map(Key::field).toList());
    return forms.after(row, row, SortOrder.ASC).isPresent();
  }

  private static List<OrderField<?>> order(List<Key> keys) {
    return keys.stream().<OrderField<?>>map(key -> key.field().sort(key.order())).toList();
  }

  private static <R extends Record> SelectQuery<R> part(
      SelectHavingStep<R> query, Condition condition, List<Key> keys) {
    SelectQuery<R> part = query.getQuery();
    part.addConditions(condition);
    part.addOrderBy(order(keys));
    part.addLimit(Renderer.limit());
    return part;
  }

  /**
   * What comes after the row that the parameters {@code after_...} identify, as the database walks
   * an index from that row on.
   */
  public static Condition afterKey(SqlForms forms, List<Key> keys) {
    SortOrder order = keys.getFirst().order();
    if (keys.size() == 1 || keys.stream().anyMatch(key -> key.order() != order)) {
      return eachAfterKey(keys);
    }
    RowN columns = DSL.row(keys.stream().map(Key::field).toList());
    RowN row = DSL.row(keys.stream().map(Key::after).toList());
    return forms.after(columns, row, order).orElseGet(() -> eachAfterKey(keys));
  }

  /** The first key lies after; or it is the same, and the others lie after. */
  private static Condition eachAfterKey(List<Key> keys) {
    Key key = keys.getFirst();
    Condition after =
        key.order() == SortOrder.ASC ? key.field().gt(key.after()) : key.field().lt(key.after());
    return keys.size() == 1
        ? after
        : after.or(key.field().eq(key.after()).and(eachAfterKey(keys.subList(1, keys.size()))));
  }

  /**
   * A query without payloads that is written in both forms.
   *
   * @param first how it begins
   * @param next how it goes on, after the parameters {@code after_...}, one for each key
   * @param keys by what the rows are ordered; together unique, and all selected by the query
   */
  public PagedQuery(String name, Sql first, Sql next, List<Key> keys) {
    this(name, first, next, PayloadColumns.none(List.of()), keys);
  }

  /**
   * One column that the rows are ordered by.
   *
   * @param column the column, of the same name in the query and its result
   * @param order which way
   */
  public record Key(Field<?> column, SortOrder order) {

    /** A column, the lowest value first. */
    public static Key ascending(Field<?> column) {
      return new Key(column, SortOrder.ASC);
    }

    /** A column, the highest value first. */
    public static Key descending(Field<?> column) {
      return new Key(column, SortOrder.DESC);
    }

    private Field<Object> field() {
      return column.coerce(Object.class);
    }

    private String parameter() {
      return AFTER + column.getName();
    }

    private Field<Object> after() {
      return param(parameter());
    }

    /** As a {@link PageTokens page token} takes it. */
    private Object read(Row row) throws SQLException {
      Object value = row.get(column);
      return value instanceof Integer number ? number.longValue() : value;
    }
  }

  /** Both forms, the first page first. */
  public List<Sql> statements() {
    return List.of(first, next);
  }

  /**
   * Reads a page.
   *
   * @param scope what else the token is bound to: the namespace and whatever the query depends on
   */
  public <T> Page<T> page(
      Session session, Binds binds, PageRequest request, String scope, Row.Mapper<T> mapper)
      throws SQLException {
    return begin(session, binds, request, scope, mapper).page(session::run);
  }

  /** Reads a page as {@link #page} does, of a query that a user has composed. */
  public <T> Page<T> search(
      Session session, Binds binds, PageRequest request, String scope, Row.Mapper<T> mapper)
      throws SQLException {
    return begin(session, binds, request, scope, mapper).page(session::search);
  }

  /** A page that is not read yet: its first statement can be sent together with others. */
  public <T> PageReading<T> begin(
      Session session, Binds binds, PageRequest request, String scope, Row.Mapper<T> mapper) {
    Sql sql =
        request.token().isPresent()
            ? after(binds, PageTokens.decode(request.token().get(), name, scope))
            : first;
    return new PageReading<>(this, sql, binds, scope, request.limit(), session.pageBytes(), mapper);
  }

  /** The first rows, which are not read yet: any number of them. */
  public <T> PageReading<T> first(
      Session session, Binds binds, int limit, String scope, Row.Mapper<T> mapper) {
    return new PageReading<>(this, first, binds, scope, limit, session.pageBytes(), mapper);
  }

  /** The statement that reads what follows a key, which is added to the values. */
  Sql after(Binds binds, List<Object> key) {
    for (int i = 0; i < keys.size(); i++) {
      binds.and(keys.get(i).parameter(), key.get(i));
    }
    return next;
  }

  /**
   * The token of the page after a row.
   *
   * @param scope what else it is bound to
   * @param key the values of the keys
   */
  public PageToken token(String scope, List<Object> key) {
    return PageTokens.encode(name, scope, key);
  }

  PayloadColumns columns() {
    return columns;
  }

  List<Object> key(Row row) throws SQLException {
    List<Object> values = new ArrayList<>(keys.size());
    for (Key key : keys) {
      values.add(key.read(row));
    }
    return values;
  }
}
