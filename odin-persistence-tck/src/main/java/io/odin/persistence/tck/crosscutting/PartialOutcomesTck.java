package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.schedule.NewSchedule;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.PageRequest;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The outcomes of operations that have several transactions and fail between two of them. */
public abstract class PartialOutcomesTck extends StoreTck {

  /** More than one transaction deletes. */
  private static final int EVENTS = 1_200;

  /** For backends. */
  protected PartialOutcomesTck() {}

  /** Closes the stores as soon as an operation has succeeded once; then the next one fails. */
  private Persistence closedAfter(String operation, OpenDatabase own) {
    AtomicReference<@Nullable Persistence> underTest = new AtomicReference<>();
    Persistence opened =
        provider()
            .open(
                own.config().toBuilder()
                    .observer(
                        finished -> {
                          Persistence open = underTest.get();
                          if (open != null && finished.name().equals(operation)) {
                            open.close();
                          }
                        })
                    .build());
    underTest.set(opened);
    return opened;
  }

  private void assertPartlyApplied(
      String firstPart, OpenDatabase own, Consumer<Persistence> operation) {
    Persistence interrupted = closedAfterwards(closedAfter(firstPart, own));

    PersistenceClosedException failure =
        thrownBy(PersistenceClosedException.class, () -> operation.accept(interrupted));

    assertThat(failure.outcome())
        .as("outcome after " + firstPart)
        .isEqualTo(Outcome.PARTLY_APPLIED);
    assertThat(failure).hasMessageContaining("a part of the operation was applied");
  }

  @Test
  @Scenario("TX-16")
  void archiveAndDelete_betweenTwoChunks_isPartlyApplied() {
    OpenDatabase own = freshDatabase();
    Workbench bench = Workbench.on(own.persistence());
    RunKey run = bench.newRun();
    RunState ended =
        RunState.builder()
            .executionState(Bytes.empty())
            .closed(WorkflowState.COMPLETED, Samples.ENDED)
            .build();
    bench.commit(
        CreateRun.builder(run, CreateMode.brandNew(), Samples.definition(), ended)
            .history(Samples.events(1, EVENTS))
            .build());
    ShardLease shard = bench.shardOf(run);

    assertPartlyApplied(
        "retention.deleteChunk",
        own,
        stores -> stores.retention().archiveAndDelete(run, shard, Archiver.none()));

    assertThat(own.persistence().executions().find(run)).isPresent();
    assertThat(own.persistence().retention().archiveAndDelete(run, shard, Archiver.none()))
        .isPositive()
        .isLessThan(EVENTS);
    assertThat(own.persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("TX-16")
  void bumpAllTokens_afterTheEndOfTheLeases_isPartlyApplied() {
    OpenDatabase own = freshDatabase();
    ShardLease lease = acquired(own.persistence(), 0, "A", LONG);

    assertPartlyApplied("shards.endAllLeases", own, stores -> stores.shards().bumpAllTokens());

    assertThat(own.persistence().shards().listOwned("A")).isEmpty();
    own.persistence().shards().bumpAllTokens();
    assertThat(own.persistence().shards().find(0).orElseThrow().fenceToken())
        .isGreaterThan(lease.fenceToken());
  }

  @Test
  @Scenario("TX-16")
  void claimDue_afterARoundThatOnlySkipped_isPartlyApplied() {
    OpenDatabase own = freshDatabase();
    ScheduleKey key = ScheduleKey.create(Workbench.on(own.persistence()).namespace());
    own.persistence()
        .schedules()
        .create(
            NewSchedule.of(
                key,
                "late",
                Samples.schedule(ScheduleSpec.interval(Duration.ofDays(30)))
                    .catchUpWindow(Duration.ofMinutes(1))
                    .build()));
    own.database().ageSchedule(key, Duration.ofDays(31));

    assertPartlyApplied(
        "schedules.claimDue", own, stores -> stores.schedules().claimDue("scheduler", LONG, 10));

    assertThat(own.persistence().schedules().history(key, PageRequest.first(10)).items())
        .singleElement()
        .satisfies(run -> assertThat(run.result()).contains(ScheduleResult.MISSED));
    assertThat(own.persistence().schedules().claimDue("scheduler", LONG, 10)).isEmpty();
  }
}
