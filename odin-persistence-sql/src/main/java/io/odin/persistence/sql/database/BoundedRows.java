package io.odin.persistence.sql.database;

import io.odin.persistence.Limits;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Columns;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The first rows of a query: as many as are wanted, if all of them fit into a number of bytes. The
 * statement returns payloads only of rows that are small enough for that. If another row is among
 * them, the statement is run again for the rows before it; or, if it is the first one, for fewer
 * rows, which may then be larger. At least one row is read, whatever its size. Not thread-safe.
 */
public final class BoundedRows<T> {

  private static final int FEWER = 16;

  private final PayloadColumns columns;
  private final long maximumBytes;
  private final Row.Mapper<T> mapper;
  private final Row.Mapper<List<Object>> keys;
  private final List<T> rows = new ArrayList<>();
  private int wanted;
  private long rowBytes;
  private boolean isCut;
  private boolean hasMore;
  private long bytes;
  private List<Object> key = List.of();

  /**
   * Nothing is read yet.
   *
   * @param columns what the query selects
   * @param maximumBytes of the payloads of all rows, unless the first one alone is larger
   * @param wanted how many rows, if all of them fit
   * @param keys what is kept of the last row
   */
  BoundedRows(
      PayloadColumns columns,
      long maximumBytes,
      int wanted,
      Row.Mapper<T> mapper,
      Row.Mapper<List<Object>> keys) {
    this.columns = columns;
    this.maximumBytes = maximumBytes;
    this.wanted = wanted;
    this.mapper = mapper;
    this.keys = keys;
  }

  /**
   * Reads the first rows of a query that has a limit.
   *
   * @return at least one if there is any
   */
  public static <T> List<T> read(
      Session session,
      Sql sql,
      Binds binds,
      PayloadColumns columns,
      int limit,
      Row.Mapper<T> mapper)
      throws SQLException {
    BoundedRows<T> rows =
        new BoundedRows<>(columns, session.pageBytes(), limit, mapper, row -> List.of());
    do {
      session.run(rows.step(sql, binds, rows.wanted));
    } while (!rows.isComplete());
    return rows.rows();
  }

  /** The statement for the rows that are wanted, and for one more, which shows if there are any. */
  Step step(Sql sql, Binds binds) {
    return step(sql, binds, wanted + 1);
  }

  private Step step(Sql sql, Binds binds, int limit) {
    rows.clear();
    isCut = false;
    hasMore = false;
    rowBytes = wanted <= few() ? Long.MAX_VALUE : bytesOfPayload();
    binds.and(Columns.LIMIT, limit).and(PayloadColumns.ROW_BYTES, rowBytes);
    return Step.query(sql, binds, this::take);
  }

  private long bytesOfPayload() {
    return maximumBytes / (wanted + 1) / Math.max(1, columns.payloads());
  }

  /** A number of rows that fit, however large they are; at least one. */
  private int few() {
    return (int) Math.max(1, maximumBytes / largestRow(columns) - 1);
  }

  /** The size of a row of which each payload is as large as may be. */
  static long largestRow(PayloadColumns columns) {
    return (long) Math.max(1, columns.payloads()) * Limits.DEFAULTS.blobBytes();
  }

  private boolean take(Row row) throws SQLException {
    if (isCut || rows.size() == wanted) {
      hasMore = true;
    } else if (columns.areIn(row, rowBytes)) {
      rows.add(mapper.map(row));
      bytes = row.payloadLength();
      if (rows.size() == wanted) {
        key = keys.map(row);
      }
    } else {
      isCut = true;
    }
    return !isCut;
  }

  /** Whether the last step has read what can be read; otherwise there is another one. */
  boolean isComplete() {
    if (isCut) {
      wanted = rows.isEmpty() ? Math.max(wanted / FEWER, few()) : rows.size();
    }
    return !isCut;
  }

  /** What was read. */
  List<T> rows() {
    return rows;
  }

  /** Whether there are rows after those. */
  boolean hasMore() {
    return hasMore;
  }

  /** What is kept of the last row, if there are rows after it. */
  List<Object> key() {
    return key;
  }

  /** How many rows were wanted at last. */
  int wanted() {
    return wanted;
  }

  /** The length of the payloads that were read. */
  long bytes() {
    return bytes;
  }
}
