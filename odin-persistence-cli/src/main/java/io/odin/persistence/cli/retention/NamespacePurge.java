package io.odin.persistence.cli.retention;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.retention.NamespaceRemains;
import io.odin.persistence.retention.RetentionStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Deletes what is left of deleted namespaces. Not thread-safe. */
public final class NamespacePurge {

  private static final int ROWS_AT_ONCE = 1000;

  private final RetentionStore retention;
  private final List<NamespaceRemains> remains = new ArrayList<>();

  private NamespacePurge(RetentionStore retention) {
    this.retention = retention;
  }

  /** Finds the namespaces that were deleted at least this long ago, or do not exist. */
  public static NamespacePurge of(Persistence persistence, Duration age) {
    NamespacePurge purge = new NamespacePurge(persistence.retention());
    RetentionPlan.all(page -> purge.retention.findRemains(age, page)).forEach(purge.remains::add);
    return purge;
  }

  /** The rows that were found, at most 10,000 of each table of a namespace. */
  public long rows() {
    return remains.stream()
        .flatMap(one -> one.rows().values().stream())
        .mapToLong(Long::longValue)
        .sum();
  }

  /**
   * Deletes them, in transactions of up to 1,000 rows. Can be stopped and repeated at any time.
   *
   * @return the number of rows that were deleted
   * @throws InterruptedException if the thread is interrupted: between two transactions
   */
  public long run(Progress progress) throws InterruptedException {
    long rows = 0;
    for (NamespaceRemains one : remains) {
      int deleted;
      do {
        if (Thread.interrupted()) {
          throw new InterruptedException("interrupted between two transactions");
        }
        deleted = retention.purge(one.namespace(), ROWS_AT_ONCE);
        rows += deleted;
        progress.step();
      } while (deleted > 0);
    }
    return rows;
  }

  /** What was found, as a table. */
  public Table toTable() {
    Table.Builder table =
        Table.builder("Deleted namespaces", "namespace_id", "deleted_at", "table", "rows");
    for (NamespaceRemains one : remains) {
      one.rows()
          .forEach(
              (name, rows) ->
                  table
                      .cell(one.namespace().toString())
                      .cell(one.deletedAt().map(Instant::toString).orElse("does not exist"))
                      .cell(name)
                      .cell(rows));
    }
    return table.build();
  }
}
