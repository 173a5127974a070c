package io.odin.persistence.tck.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.retention.Orphan;
import io.odin.persistence.retention.RunPart;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.database.CommitPart;
import io.odin.persistence.tck.database.DeleteRecorder;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Finding and deleting expired runs and orphans. */
public abstract class RetentionStoreTck extends AbstractRetentionTck {

  private static final RunPart[] CHILDREN = {
    RunPart.HISTORY,
    RunPart.TIMERS,
    RunPart.SIGNALS,
    RunPart.QUERY_RESULTS,
    RunPart.VISIBILITY,
    RunPart.TAGS
  };

  /** For backends. */
  protected RetentionStoreTck() {}

  private List<ExpiredRun> expired(ShardLease lease) {
    return allPages(100, page -> store().findExpired(lease.shardId(), page));
  }

  private List<RunKey> expiredKeys(ShardLease lease) {
    return expired(lease).stream().map(ExpiredRun::key).toList();
  }

  @Test
  @Scenario("RE-01")
  void findExpired_returnsClosedRunsWhoseRetentionHasExpired() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    RunKey open = RunKey.create(namespace, newWorkflowIdIn(lease.shardId()));
    persistence().executions().commit(transaction(lease, Samples.create(open)).build());
    Instant dayAgo = databaseNow().minus(DAY);
    endedRun(lease, namespace, dayAgo.plusSeconds(3600), 1);
    RunKey old = endedRun(lease, namespace, dayAgo.minusSeconds(1), 1);

    List<ExpiredRun> found = expired(lease);

    assertThat(found).hasSize(1);
    assertThat(found.getFirst().key()).isEqualTo(old);
    assertThat(found.getFirst().completedAt()).isEqualTo(dayAgo.minusSeconds(1));
    assertThat(found.getFirst().expiredAt()).isEqualTo(dayAgo.minusSeconds(1).plus(DAY));
  }

  @Test
  @Scenario("RE-01")
  void findExpired_countsFromTheEndByTheDatabasesClock() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    Instant end = databaseNow().minus(DAY).plusMillis(700);
    RunKey first = endedRun(lease, namespace, end, 1);
    RunKey second = endedRun(lease, namespace, end.plusNanos(1000), 1);

    await()
        .until(
            () -> {
              Instant before = databaseNow();
              List<RunKey> found = expiredKeys(lease);
              Instant after = databaseNow();
              assertThat(found).isEqualTo(List.of(first, second).subList(0, found.size()));
              if (found.contains(first)) {
                assertThat(after).isAfterOrEqualTo(end.plus(DAY));
              } else {
                assertThat(before).isBefore(end.plus(DAY));
              }
              return found.size() == 2;
            });
  }

  @Test
  @Scenario("RE-02")
  void findExpired_appliesTheRetentionOfEachNamespace() {
    ShardLease lease = newLease();
    Instant weekAgo = databaseNow().minus(DAY.multipliedBy(7));
    RunKey day = endedRun(lease, namespaceKeeping(1), weekAgo, 1);
    endedRun(lease, namespaceKeeping(30), weekAgo, 1);

    assertThat(expiredKeys(lease)).containsExactly(day);
  }

  @Test
  @Scenario("RE-03")
  void findExpired_withARetentionOfZero_isEmpty() {
    ShardLease lease = newLease();
    endedRun(lease, namespaceKeeping(0), Instant.EPOCH, 1);

    assertThat(expired(lease)).isEmpty();
  }

  @Test
  @Scenario("RE-03")
  void archiveAndDelete_withoutArchival_doesNotCallTheArchiver() {
    ShardLease lease = newLease();
    RunKey run = endedRun(lease, namespaceKeeping(1));
    MemoryArchiver archiver = new MemoryArchiver().failAt(MemoryArchiver.Step.BEFORE_STORING);

    store().archiveAndDelete(run, lease, archiver);

    assertThat(persistence().executions().find(run)).isEmpty();
    assertThat(archiver.puts()).isZero();
  }

  @Test
  @Scenario("RE-04")
  void findExpired_appliesTheCurrentRetention() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(30);
    RunKey run = endedRun(lease, namespace, databaseNow().minus(DAY.multipliedBy(2)), 1);
    assertThat(expired(lease)).isEmpty();

    Namespace stored = persistence().namespaces().find(namespace).orElseThrow();
    persistence()
        .namespaces()
        .update(namespace, NamespaceSettings.builder().retentionDays(1).build(), stored.version());

    assertThat(expiredKeys(lease)).containsExactly(run);
  }

  @Test
  @Scenario("RE-05")
  void archiveAndDelete_leavesNothingInAnyTable() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    Map<String, Long> before = rowsExceptCommits(namespace);
    RunKey run = endedRun(lease, namespace);
    for (RunPart child : CHILDREN) {
      database().insertOrphan(child, run);
    }

    long rows = store().archiveAndDelete(run, lease, Archiver.none());

    assertThat(rows).isEqualTo(3 + CHILDREN.length + 2);
    assertThat(rowsExceptCommits(namespace)).isEqualTo(before);
    assertThat(store().archiveAndDelete(run, lease, Archiver.none())).isZero();
    RunKey next = RunKey.create(namespace, run.workflowId());
    persistence().executions().commit(transaction(lease, Samples.create(next)).build());
    assertThat(persistence().executions().findCurrent(next.workflow())).isPresent();
  }

  @Test
  @Scenario("RE-09")
  void archiveAndDelete_ofALongHistory_deletesItInChunks() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    RunKey run = endedRun(lease, namespace, Samples.ENDED, 4_500);

    try (DeleteRecorder deletes = database().recordDeletes(CommitPart.HISTORY)) {
      long rows = store().archiveAndDelete(run, lease, Archiver.none());

      assertThat(rows).isEqualTo(4_502);
      assertThat(deletes.total()).isEqualTo(4_500);
      assertThat(deletes.largestTransaction()).isLessThanOrEqualTo(1_000);
    }
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("RE-10")
  void archiveAndDelete_withAnOldToken_deletesAndArchivesNothing() {
    ShardLease lost = newLease();
    RunKey run = endedRun(lost, archivingNamespace());
    persistence().shards().release(lost);
    acquired(lost.shardId(), "B", LONG);
    MemoryArchiver archiver = new MemoryArchiver();

    thrownBy(
        ShardOwnershipLostException.class, () -> store().archiveAndDelete(run, lost, archiver));

    assertThat(archiver.puts()).isZero();
    assertThat(persistence().history().size(run).count()).isEqualTo(3);
  }

  @Test
  @Scenario("RE-10")
  void archiveAndDelete_whenTheShardIsLostDuringIt_deletesNothing() {
    ShardLease lost = newLease();
    RunKey run = endedRun(lost, archivingNamespace());
    MemoryArchiver archiver =
        new MemoryArchiver().afterwards(() -> persistence().shards().release(lost));

    thrownBy(
        ShardOwnershipLostException.class, () -> store().archiveAndDelete(run, lost, archiver));

    assertThat(persistence().history().validate(run)).isEmpty();
    ShardLease taken = acquired(lost.shardId(), "B", LONG);
    store().archiveAndDelete(run, taken, new MemoryArchiver());
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("RE-11")
  void archiveAndDelete_ofARunThatIsNotCurrent_keepsTheCurrentOne() {
    ShardLease lease = newLease();
    RunKey old = endedRun(lease, namespaceKeeping(1));
    RunKey current = RunKey.create(old.namespace(), old.workflowId());
    persistence()
        .executions()
        .commit(
            transaction(
                    lease,
                    Samples.create(current, CreateMode.replaceClosed(old.runId()))
                        .event(Samples.event(1))
                        .build())
                .build());

    store().archiveAndDelete(old, lease, Archiver.none());

    assertThat(persistence().executions().find(old)).isEmpty();
    assertThat(persistence().executions().findCurrent(current.workflow()).orElseThrow().key())
        .isEqualTo(current);
    assertThat(persistence().history().validate(current)).isEmpty();
  }

  @Test
  @Scenario("RE-13")
  void findOrphans_findsPartsWithoutARun_andDeletingTheRunRemovesThem() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    RunKey missing = RunKey.create(namespace, newWorkflowIdIn(lease.shardId()));
    RunKey present = endedRun(lease, namespace);
    for (RunPart part : RunPart.values()) {
      database().insertOrphan(part, missing);
    }

    List<Orphan> found = orphansOf(namespace);

    assertThat(found)
        .isEqualTo(Arrays.stream(RunPart.values()).map(part -> new Orphan(part, missing)).toList());
    long rows = store().archiveAndDelete(missing, lease, Archiver.none());
    assertThat(rows).isEqualTo(RunPart.values().length);
    assertThat(orphansOf(namespace)).isEmpty();
    assertThat(persistence().history().validate(present)).isEmpty();
  }

  private List<Orphan> orphansOf(NamespaceId namespace) {
    return allOfSparsePages(1000, page -> store().findOrphans(page)).stream()
        .filter(orphan -> orphan.run().namespace().equals(namespace))
        .toList();
  }

  @Test
  @Scenario("RE-13")
  void findOrphans_withATokenOfAnotherListing_isRefused() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    endedRun(lease, namespace);
    endedRun(lease, namespace);
    PageToken foreign =
        store().findExpired(lease.shardId(), PageRequest.first(1)).next().orElseThrow();

    thrownBy(
        InvalidRequestException.class,
        () -> store().findOrphans(new PageRequest(1, Optional.of(foreign))));
  }

  @Test
  @Scenario("RE-14")
  void archiveAndDelete_ofAnOpenRunOrOfAnotherShard_isRefused() {
    ShardLease lease = newLease();
    RunKey open = RunKey.create(archivingNamespace(), newWorkflowIdIn(lease.shardId()));
    persistence().executions().commit(transaction(lease, Samples.create(open)).build());
    RunKey ended = endedRun(lease, namespaceKeeping(1));
    ShardLease other = newLease();
    MemoryArchiver archiver = new MemoryArchiver();

    thrownBy(InvalidRequestException.class, () -> store().archiveAndDelete(open, lease, archiver));
    thrownBy(InvalidRequestException.class, () -> store().archiveAndDelete(ended, other, archiver));

    assertThat(archiver.puts()).isZero();
    assertThat(persistence().history().size(open).count()).isEqualTo(1);
    assertThat(persistence().executions().find(ended)).isPresent();
  }

  @Test
  @Scenario("RE-15")
  void findExpired_isOrderedAndComplete() {
    ShardLease lease = newLease();
    List<NamespaceId> namespaces =
        List.of(namespaceKeeping(1), namespaceKeeping(2), namespaceKeeping(3));
    List<Integer> ages =
        new ArrayList<>(IntStream.range(0, 30).map(i -> i / 3 * 2).boxed().toList());
    Collections.shuffle(ages, new Random(7));
    for (int i = 0; i < ages.size(); i++) {
      endedRun(lease, namespaces.get(i % 3), Samples.ENDED.plusSeconds(ages.get(i)), 1);
    }

    List<ExpiredRun> all = expired(lease);

    assertThat(all).hasSize(30).doesNotHaveDuplicates();
    assertThat(all)
        .isSortedAccordingTo(
            Comparator.comparing((ExpiredRun run) -> run.key().namespace().toString())
                .thenComparing(ExpiredRun::completedAt)
                .thenComparing(run -> run.key().workflowId()));
    for (int limit : List.of(1, 7, 10)) {
      assertThat(allPages(limit, page -> store().findExpired(lease.shardId(), page)))
          .isEqualTo(all);
    }
  }

  @Test
  @Scenario("RE-16")
  void archiveAndDelete_byManyAtOnce_deletesEachRowOnce() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    Map<String, Long> before = rowsExceptCommits(namespace);
    RunKey run = endedRun(lease, namespace, Samples.ENDED, 3_000);

    List<Long> rows =
        Concurrently.run(
                Concurrently.COMPETITORS,
                i -> store().archiveAndDelete(run, lease, Archiver.none()))
            .allSucceeded();

    assertThat(rows.stream().mapToLong(Long::longValue).sum()).isEqualTo(3_002);
    assertThat(rowsExceptCommits(namespace)).isEqualTo(before);
  }
}
