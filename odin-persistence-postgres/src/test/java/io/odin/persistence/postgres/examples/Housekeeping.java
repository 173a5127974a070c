package io.odin.persistence.postgres.examples;

import io.odin.persistence.Persistence;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.function.IntSupplier;

/** Deletes what is no longer needed. Thread-safe. */
public final class Housekeeping {

  private static final int LIMIT = 1000;

  private final Persistence odin;

  /** Deletes from a database. */
  public Housekeeping(Persistence odin) {
    this.odin = odin;
  }

  // example: housekeeping
  /** Archives and deletes the expired runs of an owned shard. */
  public void deleteExpired(ShardLease shard, Archiver archiver) {
    List<ExpiredRun> expired;
    do {
      expired = odin.retention().findExpired(shard.shardId(), PageRequest.first(100)).items();
      for (ExpiredRun run : expired) {
        odin.retention().archiveAndDelete(run.key(), shard, archiver);
      }
    } while (!expired.isEmpty());
  }

  /** Trims what all namespaces share; one host does this every few minutes. */
  public void trim() {
    repeat(() -> odin.executions().trimCommits(Duration.ofDays(1), LIMIT));
    repeat(() -> odin.visibility().purgeTombstones(Duration.ofDays(1), LIMIT));
    repeat(() -> odin.queryResults().expire(LIMIT));
  }

  /** Trims a namespace. */
  public void trim(NamespaceId namespace) {
    repeat(() -> odin.taskQueues().trimCompletions(namespace, Duration.ofHours(1), LIMIT));
    repeat(() -> odin.taskQueues().purgeExpired(namespace, LIMIT));
  }

  /** Every call is one short transaction of up to {@code LIMIT} rows. */
  private static void repeat(IntSupplier step) {
    int deleted;
    do {
      deleted = step.getAsInt();
    } while (deleted == LIMIT);
  }
  // end of housekeeping
}
