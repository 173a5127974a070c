package io.odin.persistence.cli.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.retention.FileArchiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.PostgresServer;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.Bytes;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionRunTest {

  private static final Duration LEASE = Duration.ofSeconds(1);

  @Test
  void aShardIsKeptForAsLongAsTheArchiveTakesForOneRun(@TempDir Path archive)
      throws IOException, InterruptedException {
    try (DatabaseServer server = PostgresServer.start(Durability.NONE, Map.of())) {
      PersistenceConfig config =
          PersistenceConfig.builder(server.url())
              .credentials(server.user(), server.password())
              .shardCount(1)
              .build();
      Persistence.schemaOf(config).migrate();
      try (Persistence persistence = Persistence.open(config)) {
        RunKey run = expiredRun(persistence);
        SlowArchiver archiver =
            new SlowArchiver(persistence.shards(), LEASE.multipliedBy(2), FileArchiver.in(archive));

        RetentionReport report =
            new RetentionRun(persistence, archiver, Progress.none(), LEASE)
                .run(RetentionPlan.of(persistence));

        assertThat(report.toText()).contains("deleted: 1 runs");
        assertThat(persistence.executions().find(run)).isEmpty();
        assertThat(persistence.shards().find(0).orElseThrow().owner()).isEmpty();
      }
    }
  }

  private static RunKey expiredRun(Persistence persistence) {
    NamespaceSettings settings =
        NamespaceSettings.builder().retentionDays(1).historyArchival(Archival.ENABLED).build();
    NamespaceId namespace =
        persistence.namespaces().create(NamespaceId.create(), "bank", settings).id();
    RunKey run = RunKey.create(namespace, "order-1");
    ShardLease lease =
        ((Acquired) persistence.shards().acquire(0, "engine", Duration.ofMinutes(1))).lease();
    Instant ended = Instant.now().minus(Duration.ofDays(10));
    RunState running = RunState.running(Bytes.empty());
    persistence
        .executions()
        .commit(
            WorkflowTransaction.builder(lease)
                .change(
                    CreateRun.builder(
                            run,
                            CreateMode.brandNew(),
                            RunDefinition.builder("order", "orders", ended).build(),
                            running)
                        .build())
                .build());
    persistence
        .executions()
        .commit(
            WorkflowTransaction.builder(lease)
                .change(
                    UpdateRun.builder(
                            run,
                            1,
                            running.toBuilder().closed(WorkflowState.COMPLETED, ended).build())
                        .build())
                .build());
    persistence.shards().release(lease);
    return run;
  }
}
