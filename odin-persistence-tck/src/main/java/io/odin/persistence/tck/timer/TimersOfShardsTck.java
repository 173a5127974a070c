package io.odin.persistence.tck.timer;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.timer.TimerStore;
import io.odin.persistence.timer.TimerUpsert;
import io.odin.persistence.timer.WorkflowTimer;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Reading the due timers of several shards at once. */
public abstract class TimersOfShardsTck extends StoreTck {

  private static final Instant LONG_AGO = Instant.parse("2001-01-01T00:00:00Z");
  private static final Instant FAR_AWAY = Instant.parse("9000-01-01T00:00:00Z");

  /** For backends. */
  protected TimersOfShardsTck() {}

  private TimerStore store() {
    return persistence().timers();
  }

  /** Leases on shards that have only the timers of the test. */
  private List<ShardLease> newLeases(int count) {
    return IntStream.range(0, count).mapToObj(i -> acquired(newShard(), "A", LONG)).toList();
  }

  /** A run in the shard with some timers, due one second after the other, and one not due. */
  private RunKey runWith(ShardLease lease, int timers, Instant first) {
    RunKey run = RunKey.create(namespace(), newWorkflowIdIn(lease.shardId()));
    CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
    for (int i = 0; i < timers; i++) {
      create.timer(
          new TimerUpsert(
              "t-%02d".formatted(i), first.plusSeconds(i), Json.of("{\"n\":" + i + "}")));
    }
    create.timer(new TimerUpsert("later", FAR_AWAY, Json.emptyObject()));
    persistence().executions().commit(transaction(lease, create.build()).build());
    return run;
  }

  /** What each shard has due, one shard after the other. */
  private List<WorkflowTimer> oneByOne(List<ShardLease> leases) {
    return leases.stream()
        .sorted(Comparator.comparingInt(ShardLease::shardId))
        .flatMap(lease -> allPages(1000, page -> store().due(lease, page)).stream())
        .toList();
  }

  @Test
  @Scenario("TI-10")
  void dueOfAll_returnsWhatEachShardHasDue_orderedByShard() {
    List<ShardLease> leases = newLeases(4);
    // The shards have timers that are due before, between and after those of the others.
    runWith(leases.get(0), 9, LONG_AGO.plusSeconds(5));
    runWith(leases.get(1), 6, LONG_AGO);
    runWith(leases.get(1), 6, LONG_AGO);
    runWith(leases.get(3), 3, LONG_AGO.plusSeconds(3));
    runWith(newLeases(1).getFirst(), 1, LONG_AGO);

    List<WorkflowTimer> expected = oneByOne(leases);

    assertThat(expected).hasSize(24);
    for (int limit : new int[] {1, 2, 5, 24, 1000}) {
      assertThat(allPages(limit, page -> store().dueOfAll(leases.reversed(), page)))
          .as("pages of %d", limit)
          .isEqualTo(expected);
      assertThat(allPages(limit, page -> store().dueOfAll(leases, LONG_AGO.plusSeconds(60), page)))
          .as("pages of %d until then", limit)
          .isEqualTo(expected);
    }
  }

  @Test
  @Scenario("TI-10")
  void dueOfAll_withALookAhead_returnsWhatIsDueUntilThen() {
    List<ShardLease> leases = newLeases(2);
    leases.forEach(lease -> runWith(lease, 2, LONG_AGO));

    assertThat(store().dueOfAll(leases, LONG_AGO, PageRequest.first(10)).items()).hasSize(2);
    assertThat(store().dueOfAll(leases, FAR_AWAY.minusSeconds(1), PageRequest.first(10)).items())
        .isEqualTo(oneByOne(leases));
    assertThat(store().dueOfAll(leases, FAR_AWAY, PageRequest.first(10)).items()).hasSize(6);
  }

  @Test
  @Scenario("TI-10")
  void dueOfAll_withoutShardsOrTimers_isEmpty() {
    for (List<ShardLease> leases : List.of(List.<ShardLease>of(), newLeases(2))) {
      assertThat(store().dueOfAll(leases, PageRequest.first(10))).isEqualTo(empty());
      assertThat(store().dueOfAll(leases, LONG_AGO, PageRequest.first(10))).isEqualTo(empty());
    }
  }

  private static Page<WorkflowTimer> empty() {
    return new Page<>(List.of(), Optional.empty());
  }

  @Test
  @Scenario("TI-10")
  void dueOfAll_whileTimersFireAndLeasesEnd_returnsTheRest() {
    List<ShardLease> leases = newLeases(2);
    RunKey run = runWith(leases.getFirst(), 3, LONG_AGO);
    runWith(leases.getLast(), 3, LONG_AGO);
    List<WorkflowTimer> expected = oneByOne(leases);
    Page<WorkflowTimer> first = store().dueOfAll(leases, PageRequest.first(2));
    persistence()
        .executions()
        .commit(
            transaction(
                    leases.getFirst(),
                    Samples.update(run, 1)
                        .deleteTimer(new TimerDelete("t-00", Optional.of(LONG_AGO)))
                        .build())
                .build());
    List<ShardLease> renewed = persistence().shards().renewAll(leases, LONG.plus(LONG));
    persistence().shards().release(renewed.getLast());

    Page<WorkflowTimer> rest =
        store().dueOfAll(renewed, PageRequest.after(first.next().orElseThrow(), 10));

    assertThat(first.items()).isEqualTo(expected.subList(0, 2));
    assertThat(rest.items()).isEqualTo(expected.subList(2, 6));
    assertThat(rest.next()).isEmpty();
  }

  @Test
  @Scenario("TI-10")
  void dueOfAll_ofMoreShardsThanOneStatementTakes_isComplete() {
    OpenDatabase own = freshDatabase(settings -> settings.shardCount(1200));
    TimerStore timers = own.persistence().timers();
    List<ShardLease> leases = own.persistence().shards().acquireAny("A", 1200, LONG);
    NamespaceId namespace = NamespaceId.create();
    own.persistence().namespaces().create(namespace, "tck", Samples.settings());
    for (int shardId : new int[] {0, 511, 512, 700, 1023, 1024, 1199}) {
      RunKey run = RunKey.create(namespace, newWorkflowIdIn(shardId, 1200));
      CreateRun.Builder create = Samples.create(run, CreateMode.brandNew());
      create.timer(new TimerUpsert("a", LONG_AGO, Json.emptyObject()));
      create.timer(new TimerUpsert("b", LONG_AGO, Json.emptyObject()));
      own.persistence()
          .executions()
          .commit(transaction(leases.get(shardId), create.build()).build());
    }

    List<WorkflowTimer> expected =
        leases.stream()
            .flatMap(lease -> timers.due(lease, PageRequest.first(10)).items().stream())
            .toList();

    assertThat(expected).hasSize(14);
    for (int limit : new int[] {1, 2, 3, 1000}) {
      assertThat(allPages(limit, page -> timers.dueOfAll(leases, page)))
          .as("pages of %d", limit)
          .isEqualTo(expected);
    }
  }

  @Test
  @Scenario("TI-10")
  void dueOfAll_withAShardTwice_isRefused() {
    List<ShardLease> leases = newLeases(1);
    List<ShardLease> twice = List.of(leases.getFirst(), leases.getFirst());

    InvalidRequestException refusal =
        thrownBy(
            InvalidRequestException.class, () -> store().dueOfAll(twice, PageRequest.first(1)));

    assertThat(refusal.field()).isEqualTo("shards");
  }
}
