package io.odin.persistence.tck.retention;

import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.StoreTck;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The base class of the kits of retention: namespaces with a retention, and closed runs. */
abstract class AbstractRetentionTck extends StoreTck {

  static final Duration DAY = Duration.ofDays(1);

  RetentionStore store() {
    return persistence().retention();
  }

  NamespaceId namespaceKeeping(int days) {
    return namespaceWith(NamespaceSettings.builder().retentionDays(days).build());
  }

  NamespaceId archivingNamespace() {
    return namespaceWith(
        NamespaceSettings.builder().retentionDays(1).historyArchival(Archival.ENABLED).build());
  }

  NamespaceId namespaceWith(NamespaceSettings settings) {
    NamespaceId id = NamespaceId.create();
    return persistence().namespaces().create(id, "tck-" + id, settings).id();
  }

  /** A lease on a shard that has only the runs of the test. */
  ShardLease newLease() {
    return acquired(newShard(), "A", LONG);
  }

  /** A stored, closed, current run. */
  RunKey endedRun(ShardLease lease, NamespaceId namespace, Instant completedAt, int events) {
    RunKey run = RunKey.create(namespace, newWorkflowIdIn(lease.shardId()));
    RunState ended =
        RunState.builder()
            .executionState(Samples.bytes("ended"))
            .closed(WorkflowState.COMPLETED, completedAt)
            .build();
    CreateRun create =
        CreateRun.builder(run, CreateMode.brandNew(), Samples.fullDefinition(), ended)
            .history(Samples.events(1, events))
            .build();
    persistence().executions().commit(transaction(lease, create).build());
    return run;
  }

  /** A stored, closed, current run with three events that ended long ago. */
  RunKey endedRun(ShardLease lease, NamespaceId namespace) {
    return endedRun(lease, namespace, Samples.ENDED, 3);
  }

  /** The row counts without the records that remain for a time after a run is deleted. */
  Map<String, Long> rowsExceptCommits(NamespaceId namespace) {
    while (persistence().visibility().purgeTombstones(Duration.ZERO, 1000) > 0) {
      // Tombstones of other scenarios are purged too.
    }
    Map<String, Long> rows = new TreeMap<>(database().rowCounts(namespace));
    rows.remove("workflow_commits");
    return rows;
  }
}
