package io.odin.persistence.tck.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.PersistenceClosedException;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.FileArchiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs are archived before they are deleted, even if the deletion is interrupted. */
public abstract class RetentionCrashTck extends AbstractRetentionTck {

  private static final int EVENTS = 1_500;

  /** For backends. */
  protected RetentionCrashTck() {}

  @Test
  @Scenario("RE-06")
  void archiveAndDelete_whenTheArchiverFails_deletesNothing() {
    ShardLease lease = newLease();
    NamespaceId namespace = archivingNamespace();
    RunKey run = endedRun(lease, namespace);
    Map<String, Long> before = database().rowCounts(namespace);

    for (MemoryArchiver.Step step :
        List.of(MemoryArchiver.Step.BEFORE_STORING, MemoryArchiver.Step.AFTER_STORING)) {
      UnavailableException failure =
          thrownBy(
              UnavailableException.class,
              () -> store().archiveAndDelete(run, lease, new MemoryArchiver().failAt(step)));
      assertThat(failure.reason()).isEqualTo(Reason.ARCHIVE);
      assertThat(failure.retry()).isEqualTo(Retry.SAME_REQUEST);
    }
    thrownBy(
        InvalidRequestException.class, () -> store().archiveAndDelete(run, lease, Archiver.none()));

    assertThat(database().rowCounts(namespace)).isEqualTo(before);
    assertThat(persistence().history().validate(run)).isEmpty();
  }

  @Test
  @Scenario("RE-07")
  void archiveAndDelete_whenInterruptedAfterAnyStep_resumes() {
    ShardLease lease = newLease();
    NamespaceId namespace = archivingNamespace();
    Map<String, Long> before = rowsExceptCommits(namespace);
    boolean done = false;
    int steps = 0;
    while (!done) {
      steps++;
      RunKey run = endedRun(lease, namespace, Samples.ENDED, EVENTS);
      MemoryArchiver archiver = new MemoryArchiver();

      done = completes(steps, run, lease, archiver);
      store().archiveAndDelete(run, lease, archiver);

      assertThat(rowsExceptCommits(namespace)).as("after step " + steps).isEqualTo(before);
      assertThat(archiver.history(run)).isEqualTo(Samples.events(1, EVENTS));
      assertThat(archiver.puts()).as("archived after step " + steps).isEqualTo(1);
    }
    assertThat(steps).as("read, marked, two chunks").isGreaterThanOrEqualTo(4);
  }

  /** Closes the stores after some steps; returns whether the run was deleted before that. */
  private boolean completes(int steps, RunKey run, ShardLease lease, Archiver archiver) {
    AtomicReference<@Nullable Persistence> underTest = new AtomicReference<>();
    AtomicInteger seen = new AtomicInteger();
    Persistence opened =
        reopened(
            settings ->
                settings.observer(
                    operation -> {
                      Persistence open = underTest.get();
                      if (open != null
                          && operation.name().startsWith("retention.")
                          && seen.incrementAndGet() == steps) {
                        open.close();
                      }
                    }));
    underTest.set(opened);
    try {
      opened.retention().archiveAndDelete(run, lease, archiver);
      return true;
    } catch (PersistenceClosedException e) {
      return false;
    }
  }

  @Test
  @Scenario("RE-07")
  void archiveAndDelete_whenArchivalIsEnabledDuringIt_continuesDeleting() {
    ShardLease lease = newLease();
    NamespaceId namespace = namespaceKeeping(1);
    RunKey run = endedRun(lease, namespace, Samples.ENDED, EVENTS);
    MemoryArchiver archiver = new MemoryArchiver();
    // Is interrupted after it has read the run and deleted the first chunk of events.
    assertThat(completes(2, run, lease, archiver)).isFalse();
    assertThat(persistence().executions().find(run)).isPresent();
    long version = persistence().namespaces().find(namespace).orElseThrow().version();
    persistence()
        .namespaces()
        .update(
            namespace,
            NamespaceSettings.builder().retentionDays(1).historyArchival(Archival.ENABLED).build(),
            version);

    long rows = store().archiveAndDelete(run, lease, archiver);

    assertThat(rows).as("rows left to delete").isPositive().isLessThan(EVENTS);
    assertThat(archiver.puts()).isZero();
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("RE-07")
  void archiveAndDelete_whenInterruptedBetweenArchiveAndMark_archivesTheSameAgain() {
    ShardLease lease = newLease();
    NamespaceId namespace = archivingNamespace();
    RunKey run = endedRun(lease, namespace, Samples.ENDED, EVENTS);
    MemoryArchiver archiver = new MemoryArchiver().failAt(MemoryArchiver.Step.AFTER_STORING);
    thrownBy(UnavailableException.class, () -> store().archiveAndDelete(run, lease, archiver));

    store().archiveAndDelete(run, lease, archiver.failAt(MemoryArchiver.Step.NONE));

    assertThat(archiver.puts()).isEqualTo(2);
    assertThat(archiver.history(run)).isEqualTo(Samples.events(1, EVENTS));
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("RE-07")
  void archiveAndDelete_whileAnotherDeletesTheFirstChunk_keepsTheArchiveComplete() {
    ShardLease lease = newLease();
    RunKey run = endedRun(lease, archivingNamespace(), Samples.ENDED, EVENTS);
    MemoryArchiver archiver = new MemoryArchiver();
    // Is interrupted after it has read, archived and marked the run, and deleted a chunk of events.
    archiver.meanwhile(() -> assertThat(completes(3, run, lease, archiver)).isFalse());

    UnavailableException failure =
        thrownBy(UnavailableException.class, () -> store().archiveAndDelete(run, lease, archiver));

    assertThat(failure.reason()).isEqualTo(Reason.ARCHIVE);
    assertThat(archiver.puts()).isEqualTo(1);
    store().archiveAndDelete(run, lease, archiver);
    assertThat(archiver.history(run)).isEqualTo(Samples.events(1, EVENTS));
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("RE-07")
  void archiveAndDelete_whileAnotherDeletesTheRun_keepsTheArchiveComplete() {
    ShardLease lease = newLease();
    RunKey run = endedRun(lease, archivingNamespace(), Samples.ENDED, EVENTS);
    MemoryArchiver archiver = new MemoryArchiver();
    archiver.meanwhile(() -> store().archiveAndDelete(run, lease, archiver));

    thrownBy(NotFoundException.class, () -> store().archiveAndDelete(run, lease, archiver));

    assertThat(archiver.history(run)).isEqualTo(Samples.events(1, EVENTS));
    assertThat(store().archiveAndDelete(run, lease, archiver)).isZero();
  }

  @Test
  @Scenario("RE-06")
  void archiveAndDelete_ofADamagedHistory_keepsTheRun() {
    ShardLease lease = newLease();
    NamespaceId namespace = archivingNamespace();
    for (long lost : List.of(1L, 2L, 3L)) {
      RunKey run = endedRun(lease, namespace);
      database().deleteEvent(run, lost);
      MemoryArchiver archiver = new MemoryArchiver();

      UnavailableException failure =
          thrownBy(
              UnavailableException.class, () -> store().archiveAndDelete(run, lease, archiver));

      assertThat(failure.reason()).isEqualTo(Reason.ARCHIVE);
      assertThat(failure).hasMessageContaining("event " + lost + " of 3 is not in its history");
      assertThat(archiver.puts()).isZero();
      assertThat(persistence().executions().find(run)).isPresent();
    }
  }

  /** What an archive may hold in place of what it was given. */
  private static List<UnaryOperator<MemoryArchiver.Entry>> damages() {
    return List.of(
        entry -> new MemoryArchiver.Entry(another(entry.run()), entry.history()),
        entry -> new MemoryArchiver.Entry(inAnotherState(entry.run()), entry.history()),
        entry -> new MemoryArchiver.Entry(entry.run(), List.of()),
        entry -> new MemoryArchiver.Entry(entry.run(), entry.history().subList(0, 2)),
        entry -> new MemoryArchiver.Entry(entry.run(), entry.history().reversed()),
        entry -> new MemoryArchiver.Entry(entry.run(), Samples.events(1, EVENTS + 1)),
        entry -> new MemoryArchiver.Entry(entry.run(), forged(entry.history())));
  }

  private static ArchivedRun another(ArchivedRun run) {
    RunKey key = RunKey.create(run.key().namespace(), run.key().workflowId());
    return new ArchivedRun(key, run.definition(), run.state());
  }

  private static ArchivedRun inAnotherState(ArchivedRun run) {
    RunState state = run.state().toBuilder().executionState(Samples.bytes("another")).build();
    return new ArchivedRun(run.key(), run.definition(), state);
  }

  private static List<HistoryEvent> forged(List<HistoryEvent> history) {
    List<HistoryEvent> events = new ArrayList<>(history);
    HistoryEvent last = events.removeLast();
    events.add(
        new HistoryEvent(
            last.eventId(), last.eventType(), last.timestamp(), Json.of("\"forged\"")));
    return events;
  }

  private void assertNotDeleted(RunKey run, ShardLease lease, Archiver archiver, String what) {
    UnavailableException failure =
        thrownBy(UnavailableException.class, () -> store().archiveAndDelete(run, lease, archiver));
    assertThat(failure.reason()).as(what).isEqualTo(Reason.ARCHIVE);
    assertThat(failure).hasMessageContaining(MemoryArchiver.class.getName());
    assertThat(persistence().executions().find(run)).as(what).isPresent();
  }

  @Test
  @Scenario("RE-17")
  void archiveAndDelete_whenTheArchiveHoldsSomethingElse_deletesNothing() {
    ShardLease lease = newLease();
    NamespaceId namespace = archivingNamespace();
    RunKey run = endedRun(lease, namespace);
    Map<String, Long> before = database().rowCounts(namespace);

    damages()
        .forEach(
            damage ->
                assertNotDeleted(
                    run, lease, new MemoryArchiver().damaging(damage), "a damaged archive"));

    assertThat(database().rowCounts(namespace)).isEqualTo(before);
  }

  @Test
  @Scenario("RE-17")
  void archiveAndDelete_whenTheArchiveChangesMeanwhile_doesNotContinue() {
    ShardLease lease = newLease();
    NamespaceId namespace = archivingNamespace();
    RunKey run = endedRun(lease, namespace, Samples.ENDED, EVENTS);
    MemoryArchiver archiver = new MemoryArchiver();
    // Is interrupted after it has read, archived and marked the run, and deleted a chunk of events.
    assertThat(completes(3, run, lease, archiver)).isFalse();
    Map<String, Long> before = database().rowCounts(namespace);

    damages()
        .forEach(
            damage -> {
              MemoryArchiver damaged = new MemoryArchiver(archiver);
              damaged.damage(damage);
              assertNotDeleted(run, lease, damaged, "damaged after it was marked");
            });
    assertNotDeleted(run, lease, new MemoryArchiver(), "an archive without the run");

    assertThat(database().rowCounts(namespace)).isEqualTo(before);
    store().archiveAndDelete(run, lease, archiver);
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("RE-17")
  void archiveAndDelete_ofARunWhoseArchiveIsLost_continuesOnceItsNamespaceArchivesNothing() {
    ShardLease lease = newLease();
    NamespaceId namespace = archivingNamespace();
    RunKey run = endedRun(lease, namespace, Samples.ENDED, EVENTS);
    assertThat(completes(3, run, lease, new MemoryArchiver())).isFalse();
    assertNotDeleted(run, lease, new MemoryArchiver(), "an archive that was lost");
    long version = persistence().namespaces().find(namespace).orElseThrow().version();
    persistence()
        .namespaces()
        .update(namespace, NamespaceSettings.builder().retentionDays(1).build(), version);

    store().archiveAndDelete(run, lease, Archiver.none());

    assertThat(persistence().executions().find(run)).isEmpty();
  }

  @Test
  @Scenario("RE-08")
  void archivedRun_isReadBackEqual(@TempDir Path directory) throws IOException {
    ShardLease lease = newLease();
    RunKey run = endedRun(lease, archivingNamespace(), Samples.ENDED, EVENTS);
    WorkflowExecution stored = persistence().executions().find(run).orElseThrow().execution();
    FileArchiver archiver = FileArchiver.in(directory);

    store().archiveAndDelete(run, lease, archiver);

    List<HistoryEvent> events = new ArrayList<>();
    ArchivedRun archived = archiver.read(run, events::add).orElseThrow();
    assertThat(archived).isEqualTo(new ArchivedRun(run, stored.definition(), stored.state()));
    assertThat(events).isEqualTo(Samples.events(1, EVENTS));
    assertThat(archiver.fileOf(run)).exists();
  }

  @Test
  @Scenario("RE-08")
  void archivedRun_whereOnlyVisibilityIsArchived_hasNoEvents() {
    ShardLease lease = newLease();
    NamespaceId namespace =
        namespaceWith(NamespaceSettings.builder().visibilityArchival(Archival.ENABLED).build());
    RunKey run = endedRun(lease, namespace);
    MemoryArchiver archiver = new MemoryArchiver();

    store().archiveAndDelete(run, lease, archiver);

    assertThat(archiver.read(run, event -> {})).isPresent();
    assertThat(archiver.history(run)).isEmpty();
  }
}
