package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunSnapshot;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.health.HealthReport.Status;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.MySqlServer;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.task.LeasedTask;
import io.odin.persistence.task.NewTask;
import io.odin.persistence.task.PollRequest;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskType;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.VisibilityRecord;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A server with the smallest packets that docs/mysql.md allows. */
class PacketSizeTest {

  private static final int BLOB = Limits.DEFAULTS.blobBytes();

  private static PersistenceConfig config(MySqlServer server) {
    return PersistenceConfig.builder(server.url("odin") + "?allowPublicKeyRetrieval=true")
        .credentials(server.user(), server.password())
        .shardCount(1)
        .build();
  }

  @Test
  void packets_ofTheSmallestSize_takeWhatTheLimitsAllow() throws IOException, SQLException {
    try (MySqlServer server = MySqlServer.start(Durability.NONE, Map.of());
        Connection root = server.connect();
        Statement statement = root.createStatement()) {
      statement.execute("CREATE DATABASE odin");
      statement.execute("SET GLOBAL log_bin_trust_function_creators = ON");
      statement.execute("SET GLOBAL max_allowed_packet = 9 * 1024 * 1024");
      Persistence.schemaOf(config(server)).migrate();

      NamespaceId namespace = NamespaceId.create();
      RunKey run = RunKey.create(namespace, "w");
      Json quotes = Json.of("[" + "\"\",".repeat(BLOB / 3 - 1) + "0]");
      try (Persistence persistence = Persistence.open(config(server))) {
        persistence.namespaces().create(namespace, "largest", NamespaceSettings.defaults());
        enqueue(persistence, run, quotes);
      }
      // What is read comes in whole rows.
      statement.execute("SET GLOBAL max_allowed_packet = 16 * 1024 * 1024");
      try (Persistence persistence = Persistence.open(config(server))) {
        ShardLease shard =
            ((ShardAcquisition.Acquired)
                    persistence.shards().acquire(0, "engine", Duration.ofHours(1)))
                .lease();
        create(persistence, shard, run, quotes);
        schedule(persistence, namespace, quotes);
        assertThat(persistence.check().findings())
            .filteredOn(finding -> finding.name().equals("max_allowed_packet"))
            .allMatch(finding -> finding.status() == Status.OK);
      }
    }
  }

  private static void create(Persistence persistence, ShardLease shard, RunKey run, Json quotes) {
    byte[] content = new byte[Limits.DEFAULTS.executionStateBytes()];
    new Random(1).nextBytes(content);
    RunState state =
        RunState.builder()
            .executionState(Bytes.copyOf(content))
            .memo(quotes)
            .searchAttributes(quotes)
            .autoResetPoints(quotes)
            .build();
    Instant start = Instant.parse("2026-03-01T09:30:00Z");
    RunDefinition definition = RunDefinition.builder("t", "q", start).retryPolicy(quotes).build();
    CreateRun.Builder create =
        CreateRun.builder(run, CreateMode.brandNew(), definition, state)
            .event(new HistoryEvent(1, "E", start, quotes))
            .visibility(VisibilityRecord.builder(run, "t", "q", start).memo(quotes).build());
    for (int i = 0; i < 10; i++) {
      create.timer(new TimerUpsert("t" + i, start, quotes));
    }

    persistence
        .executions()
        .commit(WorkflowTransaction.builder(shard).change(create.build()).build());

    RunSnapshot stored = persistence.executions().find(run).orElseThrow();
    assertThat(stored.execution().state()).isEqualTo(state);
    assertThat(stored.execution().definition()).isEqualTo(definition);
    assertThat(stored.timers()).isNotEmpty();
    assertThat(stored.moreTimers()).isPresent();
    persistence
        .executions()
        .commit(
            WorkflowTransaction.builder(shard)
                .change(
                    UpdateRun.builder(run, 1, state)
                        .event(new HistoryEvent(2, "E", start, quotes))
                        .build())
                .build());
    assertThat(persistence.history().find(run, 2).orElseThrow().data()).isEqualTo(quotes);
  }

  private static void enqueue(Persistence persistence, RunKey run, Json quotes) {
    TaskQueue queue = new TaskQueue(run.namespace(), "q", TaskType.ACTIVITY);
    List<NewTask> tasks =
        IntStream.range(0, 20).mapToObj(i -> NewTask.of(queue, run, quotes)).toList();

    persistence.taskQueues().enqueueAll(tasks);

    int polled = 0;
    while (polled < tasks.size()) {
      List<LeasedTask> some =
          persistence
              .taskQueues()
              .poll(PollRequest.of(queue, "w", Duration.ofHours(1), tasks.size()));
      assertThat(some)
          .isNotEmpty()
          .allSatisfy(task -> assertThat(task.task().data()).isEqualTo(quotes));
      polled += some.size();
    }
  }

  private static void schedule(Persistence persistence, NamespaceId namespace, Json quotes) {
    ScheduleDefinition definition =
        ScheduleDefinition.builder(ScheduleSpec.interval(Duration.ofHours(1)), "t", "q")
            .input(quotes)
            .retryPolicy(quotes)
            .memo(quotes)
            .searchAttributes(quotes)
            .build();
    ScheduleKey key = ScheduleKey.create(namespace);

    persistence.schedules().create(NewSchedule.of(key, "s", definition));

    assertThat(persistence.schedules().find(key).orElseThrow().definition()).isEqualTo(definition);
  }
}
