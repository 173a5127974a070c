package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Page;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads rows along a key until there are enough, or their payloads reach the bytes of a page; with
 * one statement if all rows are small. Not thread-safe.
 */
public final class PageReading<T> {

  private final PagedQuery query;
  private final Binds binds;
  private final String scope;
  private final int limit;
  private final Row.Mapper<T> mapper;
  private final List<T> items = new ArrayList<>();
  private Sql sql;
  private long bytesLeft;
  private BoundedRows<T> part;

  PageReading(
      PagedQuery query,
      Sql sql,
      Binds binds,
      String scope,
      int limit,
      long pageBytes,
      Row.Mapper<T> mapper) {
    this.query = query;
    this.sql = sql;
    this.binds = binds;
    this.scope = scope;
    this.limit = limit;
    this.mapper = mapper;
    bytesLeft = pageBytes;
    part = part(limit);
  }

  private BoundedRows<T> part(int wanted) {
    return new BoundedRows<>(query.columns(), bytesLeft, wanted, mapper, query::key);
  }

  /** How a statement is run. */
  @FunctionalInterface
  public interface Reader {

    /** Runs a query; its mapper keeps the rows. */
    Step.Result run(Step query) throws SQLException;
  }

  /** The next statement. */
  public Step step() {
    return part.step(sql, binds);
  }

  /** Reads the page from its beginning. */
  public Page<T> page(Reader reader) throws SQLException {
    reader.run(step());
    return complete(reader);
  }

  /** Reads the rest of the page, after the first statement was run. */
  public Page<T> complete(Reader reader) throws SQLException {
    while (true) {
      while (!part.isComplete()) {
        reader.run(step());
      }
      items.addAll(part.rows());
      bytesLeft -= part.bytes();
      if (!part.hasMore()) {
        return new Page<>(items, Optional.empty());
      }
      if (items.size() == limit || bytesLeft < BoundedRows.largestRow(query.columns())) {
        return new Page<>(items, Optional.of(query.token(scope, part.key())));
      }
      sql = query.after(binds, part.key());
      // As many rows as fitted at last, and as many again: the next ones may be smaller.
      part = part(Math.min(limit - items.size(), 2 * part.wanted()));
      reader.run(step());
    }
  }
}
