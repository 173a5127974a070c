package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.servers.NetworkProxy;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardLease;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A server behind a network that takes time, which the pool finds out by itself. */
class FarServerTest {

  @Test
  void commit_isOneText_whereARoundTripTakesLong() throws IOException {
    try (MySqlTckDatabase database = TestMySql.database()) {
      Persistence.schemaOf(database.config().toBuilder().shardCount(1).build()).migrate();
      NamespaceId namespace = NamespaceId.create();
      try (NetworkProxy network = NetworkProxy.to(database.address(), Duration.ofMillis(2));
          Persistence far =
              Persistence.open(
                  database
                      .configAt(
                          new InetSocketAddress(database.address().getAddress(), network.port()))
                      .toBuilder()
                      .shardCount(1)
                      .build())) {
        far.namespaces().create(namespace, "orders", NamespaceSettings.defaults());
        ShardLease shard =
            ((Acquired) far.shards().acquire(0, "engine", Duration.ofHours(1))).lease();
        long texts = texts(database);

        CommitResult first = far.executions().commit(start(shard, namespace, "w1"));
        CommitResult second = far.executions().commit(start(shard, namespace, "w2"));

        assertThat(first.isApplied()).isTrue();
        assertThat(second.isApplied()).isTrue();
        assertThat(texts(database)).isEqualTo(texts + 2);
      }
    }
  }

  private static WorkflowTransaction start(
      ShardLease shard, NamespaceId namespace, String workflow) {
    RunKey run = RunKey.create(namespace, workflow);
    RunDefinition definition = RunDefinition.builder("t", "q", Instant.EPOCH).build();
    return WorkflowTransaction.builder(shard)
        .change(
            CreateRun.builder(run, CreateMode.brandNew(), definition, RunState.builder().build())
                .build())
        .build();
  }

  /** How many transactions the account has begun with a statement: the driver begins none so. */
  private static long texts(MySqlTckDatabase database) {
    return TestMySql.numbers(
            """
            SELECT CAST(SUM(COUNT_STAR) AS SIGNED)
              FROM performance_schema.events_statements_summary_by_account_by_event_name
             WHERE EVENT_NAME = 'statement/sql/begin' AND USER = ?
            """,
            database.config().credentials().get().username())
        .getFirst();
  }
}
