package io.odin.persistence.sql.database;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.param;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.PageTokens;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.OrderField;
import org.jooq.RowN;
import org.jooq.SQLDialect;
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
  private final List<Key> keys;

  /**
   * Renders both forms of the query.
   *
   * @param query made again for each form, since jOOQ's steps change what they are called on
   * @param keys by what the rows are ordered; together unique, and all selected by the query
   */
  public PagedQuery(
      Renderer renderer,
      String name,
      Supplier<? extends SelectHavingStep<?>> query,
      List<Key> keys) {
    this.name = name;
    this.keys = keys;
    List<OrderField<?>> order =
        keys.stream().<OrderField<?>>map(key -> key.field().sort(key.order())).toList();
    first = renderer.sql(name + ".first", query.get().orderBy(order).limit(Renderer.limit()));
    SelectQuery<?> rest = query.get().getQuery();
    rest.addConditions(afterKey(renderer.family(), keys));
    rest.addOrderBy(order);
    rest.addLimit(Renderer.limit());
    next = renderer.sql(name + ".next", rest);
  }

  /**
   * What comes after the row that the parameters {@code after_...} identify, as the database walks
   * an index from that row on: PostgreSQL where rows are compared, others where each column is.
   */
  public static Condition afterKey(SQLDialect family, List<Key> keys) {
    SortOrder order = keys.getFirst().order();
    if (family != SQLDialect.POSTGRES
        || keys.size() == 1
        || keys.stream().anyMatch(key -> key.order() != order)) {
      return eachAfterKey(keys);
    }
    RowN row = DSL.row(keys.stream().map(Key::field).toList());
    RowN after = DSL.row(keys.stream().map(Key::after).toList());
    return order == SortOrder.ASC ? row.gt(after) : row.lt(after);
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
   * A query that is written in both forms.
   *
   * @param first how it begins
   * @param next how it goes on, after the parameters {@code after_...}, one for each key
   * @param keys by what the rows are ordered; together unique, and all selected by the query
   */
  public PagedQuery(String name, Sql first, Sql next, List<Key> keys) {
    this.name = name;
    this.first = first;
    this.next = next;
    this.keys = keys;
  }

  /**
   * One column that the rows are ordered by.
   *
   * @param field the column, as the query names it
   * @param name the column's name in the result
   * @param type what it holds
   * @param order which way
   */
  public record Key(Field<Object> field, String name, RowShape.Type type, SortOrder order) {

    /** A column of the same name in the query and its result, the lowest value first. */
    public static Key ascending(String name, RowShape.Type type) {
      return new Key(column(name), name, type, SortOrder.ASC);
    }

    /** A column of the same name in the query and its result, the highest value first. */
    public static Key descending(String name, RowShape.Type type) {
      return new Key(column(name), name, type, SortOrder.DESC);
    }

    private Field<Object> after() {
      return param(AFTER + name);
    }

    private Object read(Row row) throws SQLException {
      return switch (type) {
        case UUID -> row.uuid(name);
        case TEXT -> row.text(name);
        case NUMBER, INTEGER -> row.number(name);
        case INSTANT -> row.instant(name);
        case MICROSECONDS_FROM_NOW, BOOLEAN, BYTES, JSON ->
            throw new IllegalStateException(name + " is no key");
      };
    }
  }

  /** Both forms, the first page first. */
  public List<Sql> statements() {
    return List.of(first, next);
  }

  /** The beginning of the listing, to be read together with other things. */
  public Step begin(Binds binds, int limit, Row.Mapper<?> mapper) {
    return Step.query(first, binds.and("limit", limit), mapper);
  }

  /** Maps the rows, and keeps the key of the last one that a page takes. */
  private final class Collector<T> implements Row.Mapper<T> {
    private final Row.Mapper<T> mapper;
    private final int last;
    private int rows;
    private List<Object> key = List.of();

    Collector(Row.Mapper<T> mapper, int last) {
      this.mapper = mapper;
      this.last = last;
    }

    @Override
    public T map(Row row) throws SQLException {
      if (++rows == last) {
        key = key(row);
      }
      return mapper.map(row);
    }
  }

  /**
   * Reads a page.
   *
   * @param scope what else the token is bound to: the namespace and whatever the query depends on
   */
  public <T> Page<T> page(
      Session session, Binds binds, PageRequest request, String scope, Row.Mapper<T> mapper)
      throws SQLException {
    return page(session::query, binds, request, scope, mapper);
  }

  /** Reads a page as {@link #page} does, of a query that a user has composed. */
  public <T> Page<T> search(
      Session session, Binds binds, PageRequest request, String scope, Row.Mapper<T> mapper)
      throws SQLException {
    return page(session::search, binds, request, scope, mapper);
  }

  /** How a statement is run. */
  @FunctionalInterface
  private interface Reader {
    <T> List<T> read(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException;
  }

  private <T> Page<T> page(
      Reader reader, Binds binds, PageRequest request, String scope, Row.Mapper<T> mapper)
      throws SQLException {
    // One row more than asked for indicates whether there is another page.
    binds.and("limit", request.limit() + 1);
    Sql sql = first;
    if (request.token().isPresent()) {
      List<Object> after = PageTokens.decode(request.token().get(), name, scope);
      for (int i = 0; i < keys.size(); i++) {
        binds.and(AFTER + keys.get(i).name(), after.get(i));
      }
      sql = next;
    }
    Collector<T> collector = new Collector<>(mapper, request.limit());
    List<T> rows = reader.read(sql, binds, collector);
    return rows.size() > request.limit()
        ? new Page<>(
            rows.subList(0, request.limit()),
            Optional.of(PageTokens.encode(name, scope, collector.key)))
        : new Page<>(rows, Optional.empty());
  }

  private List<Object> key(Row row) throws SQLException {
    List<Object> values = new ArrayList<>(keys.size());
    for (Key key : keys) {
      values.add(key.read(row));
    }
    return values;
  }
}
