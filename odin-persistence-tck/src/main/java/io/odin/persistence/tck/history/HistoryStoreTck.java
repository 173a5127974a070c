package io.odin.persistence.tck.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.HistoryConflictException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.history.EventRange;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.history.HistoryFault;
import io.odin.persistence.history.HistoryFault.Kind;
import io.odin.persistence.history.HistorySize;
import io.odin.persistence.history.HistoryStore;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Reading and validating the events that commits append. */
public abstract class HistoryStoreTck extends StoreTck {

  /** For backends. */
  protected HistoryStoreTck() {}

  private HistoryStore store() {
    return persistence().history();
  }

  /** A stored run with the events 1 to last. */
  private RunKey runWith(long last) {
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).history(Samples.events(1, last)).build());
    return run;
  }

  private List<HistoryEvent> all(RunKey run) {
    return allPages(1000, page -> store().read(run, EventRange.all(), page));
  }

  private CommitResult append(RunKey run, long expectedVersion, List<HistoryEvent> events) {
    return commit(Samples.update(run, expectedVersion).history(events).build());
  }

  @Test
  @Scenario("HI-01")
  void read_afterTheFirstBatch_returnsIt() {
    assertThat(all(runWith(3))).isEqualTo(Samples.events(1, 3));
  }

  @Test
  @Scenario("HI-01")
  void read_whenThereAreNoEvents_isEmpty() {
    RunKey run = newRun();
    commit(Samples.create(run, CreateMode.brandNew()).build());

    assertThat(all(run)).isEmpty();
    assertThat(store().size(run)).isEqualTo(new HistorySize(0, 0, 0));
    assertThat(store().validate(run)).isEmpty();
  }

  @Test
  @Scenario("HI-02")
  void append_ofTheNextBatch_isStored() {
    RunKey run = runWith(3);

    append(run, 1, Samples.events(4, 6));
    append(run, 2, List.of());

    assertThat(all(run)).isEqualTo(Samples.events(1, 6));
    assertThat(persistence().executions().find(run).orElseThrow().execution().nextEventId())
        .isEqualTo(7);
  }

  @Test
  @Scenario("HI-03")
  void append_ofEventsThatExist_changesNothing() {
    RunKey run = runWith(3);

    HistoryConflictException thrown =
        thrownBy(HistoryConflictException.class, () -> append(run, 1, Samples.events(3, 4)));

    assertThat(thrown.expected()).isEqualTo(4);
    assertThat(thrown.actual()).isEqualTo(3);
    assertUnchanged(run, 3);
  }

  @Test
  @Scenario("HI-04")
  void append_beyondTheNextEvent_changesNothing() {
    RunKey run = runWith(3);

    HistoryConflictException thrown =
        thrownBy(HistoryConflictException.class, () -> append(run, 1, Samples.events(5, 5)));

    assertThat(thrown.expected()).isEqualTo(4);
    assertThat(thrown.actual()).isEqualTo(5);
    assertUnchanged(run, 3);
  }

  @Test
  @Scenario("HI-04")
  void append_ofAnUnorderedBatch_isRefused() {
    RunKey run = runWith(3);

    thrownBy(
        InvalidRequestException.class,
        () -> append(run, 1, List.of(Samples.event(5), Samples.event(4))));
    thrownBy(
        InvalidRequestException.class,
        () -> append(run, 1, List.of(Samples.event(4), Samples.event(6))));

    assertUnchanged(run, 3);
  }

  private void assertUnchanged(RunKey run, long lastEventId) {
    assertThat(all(run)).isEqualTo(Samples.events(1, lastEventId));
    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(1);
  }

  @Test
  @Scenario("HI-05")
  void read_afterManyBatches_isInOrder() {
    RunKey run = runWith(10);
    for (int batch = 1; batch < 100; batch++) {
      append(run, batch, Samples.events(10L * batch + 1, 10L * batch + 10));
    }

    assertThat(all(run)).isEqualTo(Samples.events(1, 1000));
  }

  @Test
  @Scenario("HI-06")
  void read_inPagesOfOne_endsWithTheLast() {
    RunKey run = runWith(50);
    List<Page<HistoryEvent>> pages = new ArrayList<>();

    List<HistoryEvent> events =
        allPages(
            1,
            request -> {
              Page<HistoryEvent> page = store().read(run, EventRange.all(), request);
              pages.add(page);
              return page;
            });

    assertThat(events).isEqualTo(Samples.events(1, 50));
    assertThat(pages).hasSize(50);
  }

  @Test
  @Scenario("HI-07")
  void read_ofARange_excludesItsEnd() {
    RunKey run = runWith(100);

    assertThat(store().read(run, new EventRange(10, 20), PageRequest.first(1000)))
        .isEqualTo(new Page<>(Samples.events(10, 19), Optional.empty()));
    assertThat(allPages(4, page -> store().read(run, new EventRange(10, 20), page)))
        .isEqualTo(Samples.events(10, 19));
    assertThat(allPages(7, page -> store().read(run, EventRange.from(95), page)))
        .isEqualTo(Samples.events(95, 100));
  }

  @Test
  @Scenario("HI-07")
  void read_pastTheEnd_isEmpty() {
    RunKey run = runWith(100);

    for (EventRange nothing :
        List.of(EventRange.from(101), new EventRange(20, 10), new EventRange(20, 20))) {
      assertThat(store().read(run, nothing, PageRequest.first(10)))
          .isEqualTo(new Page<>(List.of(), Optional.empty()));
      assertThat(store().readReverse(run, nothing, PageRequest.first(10)))
          .isEqualTo(new Page<>(List.of(), Optional.empty()));
    }
  }

  @Test
  @Scenario("HI-08")
  void readReverse_descends() {
    RunKey run = runWith(100);

    assertThat(allPages(7, page -> store().readReverse(run, EventRange.all(), page)))
        .isEqualTo(Samples.events(1, 100).reversed());
    assertThat(allPages(7, page -> store().readReverse(run, new EventRange(10, 20), page)))
        .isEqualTo(Samples.events(10, 19).reversed());
  }

  @Test
  @Scenario("HI-09")
  void read_whileEventsAreAppended_returnsOldThenNew() {
    RunKey run = runWith(10);

    Page<HistoryEvent> first = store().read(run, EventRange.all(), PageRequest.first(4));
    append(run, 1, Samples.events(11, 20));
    List<HistoryEvent> rest = new ArrayList<>();
    Page<HistoryEvent> page = first;
    while (page.next().isPresent()) {
      page = store().read(run, EventRange.all(), PageRequest.after(page.next().get(), 4));
      rest.addAll(page.items());
    }

    assertThat(first.items()).isEqualTo(Samples.events(1, 4));
    assertThat(rest).isEqualTo(Samples.events(5, 20));
  }

  @Test
  @Scenario("HI-10")
  void everyMethod_whenTheRunIsMissing_isNotFound() {
    RunKey missing = newRun();
    PageRequest page = PageRequest.first(10);

    NotFoundException thrown =
        thrownBy(NotFoundException.class, () -> store().read(missing, EventRange.all(), page));
    assertThat(thrown.kind()).isEqualTo("run");
    thrownBy(NotFoundException.class, () -> store().readReverse(missing, EventRange.all(), page));
    thrownBy(NotFoundException.class, () -> store().find(missing, 1));
    thrownBy(NotFoundException.class, () -> store().size(missing));
    thrownBy(NotFoundException.class, () -> store().validate(missing));
  }

  @Test
  @Scenario("HI-11")
  void append_concurrently_succeedsOnce() {
    RunKey run = runWith(3);

    Concurrently.Outcomes<CommitResult> outcomes =
        Concurrently.run(
            Concurrently.COMPETITORS,
            i ->
                append(
                    run,
                    1,
                    List.of(new HistoryEvent(4, "By-" + i, Samples.STARTED, Json.of("{}")))));

    outcomes.onlyWinner(VersionConflictException.class);
    assertThat(all(run)).hasSize(4);
    assertThat(store().validate(run)).isEmpty();
  }

  @Test
  @Scenario("HI-13")
  void validate_whenComplete_findsNothing() {
    RunKey run = runWith(10);
    append(run, 1, Samples.events(11, 20));

    assertThat(store().validate(run)).isEmpty();
  }

  @Test
  @Scenario("HI-13")
  void validate_whenTheHeadIsMissing_reportsIt() {
    assertThat(faultsWithout(1, 2)).containsExactly(new HistoryFault(Kind.HEAD_MISSING, 1, 2));
  }

  @Test
  @Scenario("HI-13")
  void validate_whenEventsAreMissing_reportsEachGap() {
    assertThat(faultsWithout(3, 5, 6))
        .containsExactly(new HistoryFault(Kind.GAP, 3, 3), new HistoryFault(Kind.GAP, 5, 6));
  }

  @Test
  @Scenario("HI-13")
  void validate_whenTheTailIsMissing_reportsIt() {
    assertThat(faultsWithout(9, 10)).containsExactly(new HistoryFault(Kind.TAIL_MISSING, 9, 10));
  }

  @Test
  @Scenario("HI-13")
  void validate_whenHeadEventsAndTailAreMissing_reportsAllInOrder() {
    assertThat(faultsWithout(1, 4, 10))
        .containsExactly(
            new HistoryFault(Kind.HEAD_MISSING, 1, 1),
            new HistoryFault(Kind.GAP, 4, 4),
            new HistoryFault(Kind.TAIL_MISSING, 10, 10));
  }

  private List<HistoryFault> faultsWithout(long... lost) {
    RunKey run = runWith(10);
    LongStream.of(lost).forEach(eventId -> database().deleteEvent(run, eventId));
    return store().validate(run);
  }

  @Test
  @Scenario("HI-14")
  void read_ofTheSameIdsInAnotherNamespace_returnsItsOwn() {
    RunKey here = runWith(3);
    RunKey there = new RunKey(newNamespace(), here.workflowId(), here.runId());
    HistoryEvent other = new HistoryEvent(1, "Other", Samples.ENDED, Json.of("{\"n\":1}"));
    commit(Samples.create(there, CreateMode.brandNew()).event(other).build());

    assertThat(all(here)).isEqualTo(Samples.events(1, 3));
    assertThat(all(there)).containsExactly(other);
  }

  @Test
  @Scenario("HI-15")
  void commit_ofAnEventAtTheLimit_isStored() {
    int limit = persistence().limits().blobBytes();
    RunKey run = newRun();

    commit(Samples.create(run, CreateMode.brandNew()).event(eventOfBytes(1, limit)).build());

    assertThat(all(run)).containsExactly(eventOfBytes(1, limit));
    LimitExceededException thrown =
        thrownBy(
            LimitExceededException.class,
            () -> append(run, 1, List.of(eventOfBytes(2, limit + 1))));
    assertThat(thrown.limit()).isEqualTo("blobBytes");
    assertThat(thrown.actual()).isEqualTo(limit + 1);
    assertThat(thrown.maximum()).isEqualTo(limit);
    assertThat(all(run)).hasSize(1);
  }

  @Test
  @Scenario("HI-15")
  void commit_withSmallerLimits_countsUtf8Bytes() {
    Persistence small =
        reopened(
            settings ->
                settings.limits(Limits.DEFAULTS.withBlobBytes(1000).withHistoryBatchBytes(3000)));
    RunKey run = newRun();
    RunKey another = newRun();

    commitIn(
        small,
        Samples.create(run, CreateMode.brandNew())
            .event(eventOfBytes(1, 1000))
            .event(eventOfBytes(2, 1000))
            .build());
    HistoryEvent twoBytesEach =
        new HistoryEvent(3, "E", Samples.STARTED, Json.of("\"" + "é".repeat(500) + "\""));

    assertThat(
            thrownBy(
                    LimitExceededException.class,
                    () -> commitIn(small, Samples.update(run, 1).event(twoBytesEach).build()))
                .limit())
        .isEqualTo("blobBytes");
    LimitExceededException batch =
        thrownBy(
            LimitExceededException.class,
            () ->
                commitIn(
                    small,
                    Samples.create(another, CreateMode.brandNew())
                        .history(
                            LongStream.rangeClosed(1, 4)
                                .mapToObj(id -> eventOfBytes(id, 1000))
                                .toList())
                        .build()));
    assertThat(batch.limit()).isEqualTo("historyBatchBytes");
    assertThat(batch.actual()).isGreaterThanOrEqualTo(4000);
    assertThat(batch.maximum()).isEqualTo(3000);
    assertThat(persistence().executions().find(another)).isEmpty();
  }

  @Test
  @Scenario("HI-16")
  void commit_beyondTheHistoryLimit_isRefusedUnlessItCloses() {
    Persistence small = reopened(settings -> settings.limits(Limits.DEFAULTS.withHistoryEvents(5)));
    RunKey run = newRun();
    commitIn(
        small, Samples.create(run, CreateMode.brandNew()).history(Samples.events(1, 4)).build());
    commitIn(small, Samples.update(run, 1).event(Samples.event(5)).build());

    LimitExceededException thrown =
        thrownBy(
            LimitExceededException.class,
            () -> commitIn(small, Samples.update(run, 2).event(Samples.event(6)).build()));
    assertThat(thrown.limit()).isEqualTo("historyEvents");
    assertThat(thrown.actual()).isEqualTo(6);
    assertThat(thrown.maximum()).isEqualTo(5);
    assertThat(all(run)).hasSize(5);

    commitIn(
        small,
        UpdateRun.builder(run, 2, Samples.closed(WorkflowState.TERMINATED))
            .event(Samples.event(6))
            .build());
    assertThat(all(run)).isEqualTo(Samples.events(1, 6));
  }

  private CommitResult commitIn(Persistence other, RunChange change) {
    return other
        .executions()
        .commit(transaction(acquireShardFor(change.key().workflowId()), change).build());
  }

  /** An event whose data has exactly {@code bytes} bytes. */
  private static HistoryEvent eventOfBytes(long eventId, int bytes) {
    return new HistoryEvent(
        eventId, "E", Samples.STARTED, Json.of("\"" + "x".repeat(bytes - 2) + "\""));
  }

  @Test
  @Scenario("HI-17")
  void delete_ofOneRun_keepsTheHistoriesOfOthers() {
    RunKey old = runWith(5);
    commit(Samples.close(old, 1, WorkflowState.COMPLETED));
    RunKey current = RunKey.create(namespace(), old.workflowId());
    commit(
        Samples.create(current, CreateMode.replaceClosed(old.runId()))
            .history(Samples.events(1, 5))
            .build());
    RunKey other = runWith(5);

    persistence().executions().delete(old, acquireShardFor(old.workflowId()));

    thrownBy(NotFoundException.class, () -> all(old));
    for (RunKey kept : List.of(current, other)) {
      assertThat(all(kept)).isEqualTo(Samples.events(1, 5));
      assertThat(store().validate(kept)).isEmpty();
    }
  }

  @Test
  @Scenario("HI-19")
  void find_returnsOneEvent() {
    RunKey run = runWith(3);

    assertThat(store().find(run, 2)).contains(Samples.event(2));
    assertThat(store().find(run, 4)).isEmpty();
  }

  @Test
  @Scenario("HI-19")
  void size_countsEveryCommit() {
    RunKey run = runWith(3);
    HistorySize first = store().size(run);
    append(run, 1, Samples.events(4, 10));
    HistorySize second = store().size(run);

    assertThat(first.lastEventId()).isEqualTo(3);
    assertThat(first.count()).isEqualTo(3);
    assertThat(second.lastEventId()).isEqualTo(10);
    assertThat(second.count()).isEqualTo(10);
    assertThat(first.bytes()).isPositive();
    assertThat(second.bytes()).isGreaterThan(first.bytes());
    assertThat(persistence().executions().find(run).orElseThrow().execution().historyBytes())
        .isEqualTo(second.bytes());
  }
}
