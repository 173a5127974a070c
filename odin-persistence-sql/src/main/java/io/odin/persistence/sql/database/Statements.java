package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.BulkStatements;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.Query;
import org.jooq.Record;
import org.jooq.SelectHavingStep;

/**
 * Renders the statements of the stores in the SQL of a dialect, and keeps them, so that people and
 * tests can read them all. Not thread-safe: stores make their statements when they are opened.
 */
public final class Statements implements BulkStatements {

  private final BulkStatements rows;
  private final Renderer renderer;
  private final Map<String, Sql> all = new LinkedHashMap<>();

  /** None yet, in the SQL of this dialect. */
  public Statements(Dialect dialect) {
    renderer = new Renderer(dialect.forms());
    rows = dialect.rows(renderer);
  }

  /** Every statement that was made so far, in that order. */
  public List<Sql> all() {
    return new ArrayList<>(all.values());
  }

  /** Renders statements that are made at each call, and so are not kept. Thread-safe. */
  public Renderer renderer() {
    return renderer;
  }

  /**
   * Keeps a statement that a dialect has written.
   *
   * @throws IllegalStateException if there is one of that name
   */
  public Sql add(Sql sql) {
    if (all.putIfAbsent(sql.name(), sql) != null) {
      throw new IllegalStateException("two statements have the name " + sql.name());
    }
    return sql;
  }

  /**
   * Renders a statement.
   *
   * @throws IllegalStateException if there is one of that name
   */
  public Sql query(String name, Query query) {
    return add(renderer.sql(name, query));
  }

  /**
   * Renders both forms of a query that is read page by page; see {@link
   * PagedQuery#PagedQuery(Renderer, String, PayloadColumns, Function, List)}.
   *
   * @throws IllegalStateException if there is one of that name
   */
  public PagedQuery pagedQuery(
      String name,
      PayloadColumns columns,
      Function<List<Field<?>>, ? extends SelectHavingStep<?>> query,
      List<PagedQuery.Key> keys) {
    PagedQuery paged = new PagedQuery(renderer, name, columns, query, keys);
    paged.statements().forEach(this::add);
    return paged;
  }

  /** Renders both forms of a query without payloads that is read page by page. */
  public PagedQuery pagedQuery(
      String name, Supplier<? extends SelectHavingStep<?>> query, List<PagedQuery.Key> keys) {
    return pagedQuery(name, PayloadColumns.none(List.of()), columns -> query.get(), keys);
  }

  /**
   * Renders a query that is read page by page, and is written in both forms; see {@link
   * PagedQuery#PagedQuery(String, Sql, Sql, List)}.
   *
   * @throws IllegalStateException if there is one of that name
   */
  public PagedQuery pagedQuery(String name, Query first, Query next, List<PagedQuery.Key> keys) {
    return new PagedQuery(name, query(name + ".first", first), query(name + ".next", next), keys);
  }

  /**
   * Renders both forms of a query of several values of the first key that is read page by page; see
   * {@link PagedQuery#ofMany}.
   *
   * @throws IllegalStateException if there is one of that name
   */
  public PagedQuery pagedQueryOfMany(
      String name,
      PayloadColumns columns,
      Function<List<Field<?>>, ? extends SelectHavingStep<Record>> query,
      List<PagedQuery.Key> keys) {
    PagedQuery paged = PagedQuery.ofMany(renderer, name, columns, query, keys);
    paged.statements().forEach(this::add);
    return paged;
  }

  @Override
  public Sql insertNew(String name, RowShape shape) {
    return add(rows.insertNew(name, shape));
  }

  @Override
  public Sql upsert(String name, RowShape shape, List<Field<?>> updated) {
    return add(rows.upsert(name, shape, updated));
  }

  @Override
  public Sql upsertNewer(String name, RowShape shape, Field<?> version) {
    return add(rows.upsertNewer(name, shape, version));
  }

  @Override
  public Sql selectMatching(String name, RowShape shape, PayloadColumns selected) {
    return add(rows.selectMatching(name, shape, selected));
  }

  @Override
  public Sql updateMatching(String name, RowShape shape, Condition condition) {
    return add(rows.updateMatching(name, shape, condition));
  }

  @Override
  public Sql deleteMatching(String name, RowShape shape) {
    return add(rows.deleteMatching(name, shape));
  }
}
