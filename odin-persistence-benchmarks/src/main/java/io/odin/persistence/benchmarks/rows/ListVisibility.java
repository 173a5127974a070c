package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.baseline.Baseline;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.Worker;
import io.odin.persistence.benchmarks.rows.baseline.BaselineList;
import io.odin.persistence.benchmarks.rows.data.ClosedRuns;
import io.odin.persistence.benchmarks.rows.data.Sample;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.visibility.SearchSql;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.LongStream;

/**
 * Reads the first page of a list of runs, the latest to close first.
 *
 * @param name of the row
 * @param by what the runs are looked for
 */
public record ListVisibility(String name, Criterion by) implements Row {

  private static final int PAGE = 20;

  /** By what runs are looked for. */
  public enum Criterion {
    /** A column: one run in 10 has each value. */
    TYPE("WorkflowType = '%s'"),
    /** A search attribute: 30 runs have each value. */
    CUSTOMER("CustomerId = '%s'");

    private final String query;

    Criterion(String query) {
      this.query = query;
    }

    private VisibilityQuery query(long number) {
      return VisibilityQuery.parse(query.formatted(value(number)));
    }

    private String value(long number) {
      return switch (this) {
        case TYPE -> ClosedRuns.type(number);
        case CUSTOMER -> ClosedRuns.customer(number);
      };
    }

    /** The library's statement for the first page, with each value. */
    private List<Step> statements(Dialect dialect) {
      return LongStream.range(0, ClosedRuns.CUSTOMERS)
          .mapToObj(
              number ->
                  SearchSql.pages(
                          dialect,
                          Sample.NAMESPACE,
                          query(number).bind(ClosedRuns.ATTRIBUTES),
                          VisibilityOrder.CLOSE_TIME)
                      .getFirst())
          .toList();
    }
  }

  @Override
  public String unit() {
    return "pages";
  }

  @Override
  public void prepare(Database database, int workers) throws SQLException {
    ClosedRuns.show(database);
  }

  @Override
  public Worker baseline(Baseline baseline, int index) throws SQLException {
    BaselineList list = new BaselineList(baseline, by.statements(baseline.dialect()));
    return new Worker() {
      private long number = index;

      @Override
      public long work() throws SQLException {
        return list.read(number++, PAGE).size() == PAGE ? 1 : 0;
      }
    };
  }

  @Override
  public Worker library(Persistence persistence, int index) {
    return new Worker() {
      private long number = index;

      @Override
      public long work() {
        Page<VisibilityRecord> page =
            persistence
                .visibility()
                .list(
                    Sample.NAMESPACE,
                    by.query(number++),
                    VisibilityOrder.CLOSE_TIME,
                    PageRequest.first(PAGE));
        return page.items().size() == PAGE && page.next().isPresent() ? 1 : 0;
      }
    };
  }

  /** Nothing is written; a page that was not full has not been counted. */
  @Override
  public void verify(Database database, long done) throws SQLException {
    database.expect(ClosedRuns.COUNT, "SELECT count(*) FROM visibility_records");
  }
}
