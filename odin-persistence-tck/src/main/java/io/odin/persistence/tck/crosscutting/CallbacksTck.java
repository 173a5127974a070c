package io.odin.persistence.tck.crosscutting;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Credentials;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.Retry;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.retention.ArchivedRun;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.OpenDatabase;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.value.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What callers hand in: observers, archivers and suppliers of credentials, which fail. */
public abstract class CallbacksTck extends StoreTck {

  /** For backends. */
  protected CallbacksTck() {}

  /** Ways for a callback to end that no contract allows. */
  private static List<Supplier<@Nullable Bytes>> failures() {
    return List.of(
        () -> null,
        () -> {
          throw new IllegalStateException("thrown by the kit");
        },
        () -> {
          throw new AssertionError("thrown by the kit");
        },
        () -> {
          throw new StackOverflowError("thrown by the kit");
        });
  }

  /** Ends a callback that returns nothing. */
  private static void end(Supplier<@Nullable Bytes> failure) {
    @Nullable Bytes unused = failure.get();
  }

  @Test
  @Scenario("TX-17")
  void observer_whateverItThrows_doesNotChangeTheOutcome() {
    RunKey run = startedRun();
    long version = 1;
    for (Supplier<@Nullable Bytes> failure : failures()) {
      Persistence observed = reopened(settings -> settings.observer(operation -> end(failure)));
      WorkflowTransaction transaction =
          transaction(Samples.update(run, version).event(Samples.event(version + 1)).build())
              .build();

      assertThat(observed.executions().commit(transaction))
          .isEqualTo(CommitResult.applied(transaction));

      version++;
      assertThat(observed.executions().find(run).orElseThrow().execution().version())
          .isEqualTo(version);
    }
  }

  /** An archive that ends in a given way. */
  private record Archive(
      Supplier<@Nullable Bytes> put, List<HistoryEvent> events, AtomicReference<ArchivedRun> stored)
      implements Archiver {

    Archive(Supplier<@Nullable Bytes> put) {
      this(put, new ArrayList<>(), new AtomicReference<>());
    }

    @Override
    @SuppressWarnings("NullAway") // An archiver of a caller without null checks.
    public Bytes put(ArchivedRun run, Iterable<HistoryEvent> history) {
      history.forEach(events::add);
      stored.set(run);
      return put.get();
    }

    @Override
    public Optional<ArchivedRun> read(RunKey run, Consumer<HistoryEvent> history) {
      events.forEach(history);
      return Optional.of(stored.get());
    }

    @Override
    public void close() {}
  }

  @Test
  @Scenario("TX-17")
  void archiver_whateverItDoes_losesNothing() {
    NamespaceId namespace = NamespaceId.create();
    persistence()
        .namespaces()
        .create(
            namespace,
            "tck-" + namespace,
            NamespaceSettings.builder().historyArchival(Archival.ENABLED).build());
    RunKey run = RunKey.create(namespace, newWorkflowId());
    commit(Samples.create(run));
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));
    ShardLease shard = acquireShardFor(run.workflowId());
    long events = persistence().history().size(run).count();

    for (Supplier<@Nullable Bytes> failure : failures()) {
      UnavailableException refused =
          thrownBy(
              UnavailableException.class,
              () -> persistence().retention().archiveAndDelete(run, shard, new Archive(failure)));

      assertThat(refused.reason()).isEqualTo(Reason.ARCHIVE);
      assertThat(refused.outcome()).isEqualTo(Outcome.NOT_APPLIED);
      assertThat(refused).hasMessageContaining(Archive.class.getName());
      assertThat(persistence().history().size(run).count()).isEqualTo(events);
      assertThat(persistence().history().validate(run)).isEmpty();
    }
    persistence()
        .retention()
        .archiveAndDelete(run, shard, new Archive(() -> Samples.bytes("checksum")));
    assertThat(persistence().executions().find(run)).isEmpty();
  }

  /** What the supplier of credentials does; it supplies the right ones where that is empty. */
  private static final class Suppliers implements Supplier<Credentials> {

    private final Supplier<Credentials> right;
    private final AtomicReference<@Nullable Supplier<@Nullable Bytes>> failure =
        new AtomicReference<>();

    Suppliers(Supplier<Credentials> right) {
      this.right = right;
    }

    void fail(@Nullable Supplier<@Nullable Bytes> how) {
      failure.set(how);
    }

    @Override
    @SuppressWarnings("NullAway") // A supplier of a caller without null checks.
    public Credentials get() {
      @Nullable Supplier<@Nullable Bytes> how = failure.get();
      if (how != null) {
        end(how);
        return null;
      }
      return right.get();
    }
  }

  private static PersistenceConfig.Builder impatient(PersistenceConfig config) {
    return config.toBuilder().maximumPoolSize(1).connectionTimeout(Duration.ofMillis(500));
  }

  private static void assertNamed(UnavailableException unavailable) {
    assertThat(unavailable.reason()).isEqualTo(Reason.CONNECTION);
    assertThat(unavailable.outcome()).isEqualTo(Outcome.NOT_APPLIED);
    assertThat(unavailable.retry()).isEqualTo(Retry.SAME_REQUEST);
    assertThat(unavailable).hasMessageContaining("supplier of credentials");
  }

  @Test
  @Scenario("TX-17")
  void credentials_thatFailAtFirst_areNamedByOpen() {
    PersistenceConfig config = database().config();
    for (Supplier<@Nullable Bytes> failure : failures()) {
      Suppliers credentials = new Suppliers(config.credentials());
      credentials.fail(failure);

      assertNamed(
          thrownBy(
              UnavailableException.class,
              () -> provider().open(impatient(config).credentials(credentials).build())));
    }
  }

  @Test
  @Scenario("TX-17")
  void credentials_thatFailLater_areNamedAndAskedAgain() {
    OpenDatabase own = freshDatabase();
    Suppliers credentials = new Suppliers(own.config().credentials());
    Persistence stores =
        closedAfterwards(provider().open(impatient(own.config()).credentials(credentials).build()));
    RunKey run = Workbench.on(own.persistence()).startedRun();
    CountDownLatch waiting = closedLatch();

    for (Supplier<@Nullable Bytes> failure : failures()) {
      assertNamedUntilMended(own, stores, credentials, failure, run);
    }
    assertNamedUntilMended(
        own,
        stores,
        credentials,
        () -> {
          try {
            waiting.await();
          } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
          }
          return null;
        },
        run);
  }

  /** Released after the test, or as soon as the supplier is to go on. */
  private CountDownLatch closedLatch() {
    CountDownLatch latch = new CountDownLatch(1);
    closedAfterwards(latch::countDown);
    return latch;
  }

  private static void assertNamedUntilMended(
      OpenDatabase own,
      Persistence stores,
      Suppliers credentials,
      Supplier<@Nullable Bytes> failure,
      RunKey run) {
    await().ignoreExceptions().until(() -> stores.executions().find(run).isPresent());
    credentials.fail(failure);
    own.database().killConnections();

    assertNamed(
        await()
            .until(
                () -> thrownBy(UnavailableException.class, () -> stores.executions().find(run)),
                unavailable -> unavailable.getMessage().contains("supplier")));

    credentials.fail(null);
  }
}
