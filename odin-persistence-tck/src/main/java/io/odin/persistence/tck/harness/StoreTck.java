package io.odin.persistence.tck.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.execution.CommitResult;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunChange;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.Shard;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardHash;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.spi.PersistenceProvider;
import io.odin.persistence.tck.database.TckDatabase;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.jspecify.annotations.Nullable;

/**
 * The base class of all kits. All scenarios of a backend share one database; each is isolated by
 * its own namespace, workflow ids and shards. JUnit creates an instance for each test.
 *
 * <p>The shards have two halves: workflow ids of {@link #newWorkflowId} belong to the lower half,
 * whose shards are owned by one owner while the kit runs; {@link #newShard} returns each shard of
 * the upper half once.
 */
public abstract class StoreTck {

  /** A lease that does not end during a test. */
  protected static final Duration LONG = Duration.ofMinutes(30);

  /** A lease that ends during a test. */
  protected static final Duration SHORT = Duration.ofMillis(300);

  private static final String OWNER = "odin-tck";

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private @Nullable KitContext context;
  private @Nullable NamespaceId namespace;

  /** For kits. */
  protected StoreTck() {}

  /** Called by the extension before a test. */
  public final void begin(KitContext context) {
    this.context = context;
  }

  /** Called by the extension after a test. */
  public final void end() throws Exception {
    Exception failure = null;
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (Exception e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private KitContext context() {
    if (context == null) {
      throw new IllegalStateException(
          "register OdinTck as a static @RegisterExtension of the outer class");
    }
    return context;
  }

  /** The backend. */
  protected final PersistenceProvider provider() {
    return context().provider();
  }

  /** The stores that all scenarios share. */
  protected final Persistence persistence() {
    return context().shared().persistence();
  }

  /** The database that all scenarios share. */
  protected final TckDatabase database() {
    return context().shared().database();
  }

  /** The namespace of this test, created by the first call. Thread-safe. */
  protected final synchronized NamespaceId namespace() {
    NamespaceId known = namespace;
    if (known == null) {
      known = newNamespace();
      namespace = known;
    }
    return known;
  }

  /** Another namespace. */
  protected final NamespaceId newNamespace() {
    NamespaceId id = NamespaceId.create();
    return persistence().namespaces().create(id, "tck-" + id, NamespaceSettings.defaults()).id();
  }

  /** A workflow id that no other scenario uses, in the lower half of the shards. */
  protected final String newWorkflowId() {
    int count = persistence().shardCount();
    return workflowIdWhere(count, shard -> shard < count / 2);
  }

  /** A workflow id that no other scenario uses, in the given shard. */
  protected final String newWorkflowIdIn(int shardId) {
    return newWorkflowIdIn(shardId, persistence().shardCount());
  }

  /** As {@link #newWorkflowIdIn(int)} for a database with another number of shards. */
  protected static String newWorkflowIdIn(int shardId, int shardCount) {
    return workflowIdWhere(shardCount, shard -> shard == shardId);
  }

  private static String workflowIdWhere(int shardCount, IntPredicate shard) {
    while (true) {
      String id = "workflow-" + UUID.randomUUID();
      if (shard.test(ShardHash.shardOf(id, shardCount))) {
        return id;
      }
    }
  }

  /** A shard that was never owned and that no other scenario uses. */
  protected final int newShard() {
    while (true) {
      int shardId = context().nextShard();
      if (persistence().shards().find(shardId).orElseThrow().fenceToken() == 0) {
        return shardId;
      }
    }
  }

  /** A lease on the shard, which must be free, expired, or the owner's already. */
  protected final ShardLease acquired(int shardId, String owner, Duration timeToLive) {
    return acquired(persistence(), shardId, owner, timeToLive);
  }

  /** As {@link #acquired(int, String, Duration)} in another database. */
  protected static ShardLease acquired(
      Persistence in, int shardId, String owner, Duration timeToLive) {
    ShardAcquisition acquisition = in.shards().acquire(shardId, owner, timeToLive);
    assertThat(acquisition).isInstanceOf(ShardAcquisition.Acquired.class);
    return ((ShardAcquisition.Acquired) acquisition).lease();
  }

  /** A new run of a new workflow in the namespace of this test; nothing is stored. */
  protected final RunKey newRun() {
    return RunKey.create(namespace(), newWorkflowId());
  }

  /**
   * A long lease on the shard of a workflow, of an owner that all scenarios share. For scenarios in
   * which ownership does not matter.
   */
  protected final ShardLease acquireShardFor(String workflowId) {
    int shardId = ShardHash.shardOf(workflowId, persistence().shardCount());
    while (true) {
      switch (persistence().shards().acquire(shardId, OWNER, LONG)) {
        case ShardAcquisition.Acquired acquired -> {
          return acquired.lease();
        }
        case ShardAcquisition.HeldByAnother held -> evict(held.shard());
      }
    }
  }

  /** Releases the lease of an earlier scenario. */
  private void evict(Shard shard) {
    persistence()
        .shards()
        .release(
            new ShardLease(
                shard.shardId(),
                shard.owner().orElseThrow(),
                shard.fenceToken(),
                shard.leaseExpiresAt().orElseThrow()));
  }

  /** Commits changes of one workflow under {@link #acquireShardFor}. */
  protected final CommitResult commit(RunChange... changes) {
    return persistence().executions().commit(transaction(changes).build());
  }

  /** A transaction with these changes under {@link #acquireShardFor}, to be added to. */
  protected final WorkflowTransaction.Builder transaction(RunChange... changes) {
    return transaction(acquireShardFor(changes[0].key().workflowId()), changes);
  }

  /** A transaction with these changes, to be added to. */
  protected static WorkflowTransaction.Builder transaction(ShardLease shard, RunChange... changes) {
    WorkflowTransaction.Builder transaction = WorkflowTransaction.builder(shard);
    for (RunChange change : changes) {
      transaction.change(change);
    }
    return transaction;
  }

  /** A stored, open, current run with one event, at version 1. */
  protected final RunKey startedRun() {
    CreateRun run = Samples.create(newRun());
    commit(run);
    return run.key();
  }

  /** Registers the attributes of {@link Samples#fullAttributes}. */
  protected final void registerSampleAttributes(NamespaceId in) {
    Samples.attributeTypes()
        .forEach((name, type) -> persistence().visibility().registerAttribute(in, name, type));
  }

  /** A dedicated database with 8 shards; removed after the test. */
  protected final OpenDatabase freshDatabase() {
    return freshDatabase(settings -> settings);
  }

  /** As {@link #freshDatabase()}, with other settings. */
  protected final OpenDatabase freshDatabase(UnaryOperator<PersistenceConfig.Builder> settings) {
    return closedAfterwards(
        OpenDatabase.open(provider(), emptyDatabase(), b -> settings.apply(b.shardCount(8))));
  }

  /** A database without a schema; the caller closes it. */
  protected final TckDatabase emptyDatabase() {
    return context().newDatabase();
  }

  /** Stores on the shared database with other settings; closed after the test. */
  protected final Persistence reopened(UnaryOperator<PersistenceConfig.Builder> settings) {
    return closedAfterwards(
        provider().open(settings.apply(context().shared().config().toBuilder()).build()));
  }

  /** Closes the resource after the test, the last one first. */
  protected final <T extends AutoCloseable> T closedAfterwards(T resource) {
    opened.push(resource);
    return resource;
  }

  /** Waits for an effect of another thread or of the database's clock, up to 30 seconds. */
  protected static ConditionFactory await() {
    return Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollDelay(Duration.ZERO)
        .pollInterval(Duration.ofMillis(20));
  }

  /** Waits until a lease has expired by the database's clock. */
  protected final void awaitExpiry(ShardLease lease) {
    awaitExpiry(persistence(), lease);
  }

  /** As {@link #awaitExpiry(ShardLease)} in another database. */
  protected static void awaitExpiry(Persistence in, ShardLease lease) {
    await()
        .until(
            () ->
                in.shards().listOwned(lease.owner()).stream()
                    .noneMatch(live -> live.shardId() == lease.shardId()));
  }

  /** The current time of the database's clock. */
  protected final Instant databaseNow() {
    return database().now();
  }

  /** All items of a listing, read in pages of {@code limit} items. */
  protected static <T> List<T> allPages(int limit, Function<PageRequest, Page<T>> listing) {
    return allOfSparsePages(
        limit,
        request -> {
          Page<T> page = listing.apply(request);
          assertThat(page.items().isEmpty() && page.next().isPresent())
              .as("an empty page with a next page")
              .isFalse();
          return page;
        });
  }

  /** As {@link #allPages} of a listing of which a page may be empty and have a next one. */
  protected static <T> List<T> allOfSparsePages(int limit, Function<PageRequest, Page<T>> listing) {
    List<T> items = new ArrayList<>();
    Optional<PageToken> next = Optional.empty();
    do {
      Page<T> page = listing.apply(new PageRequest(limit, next));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(limit);
      items.addAll(page.items());
      next = page.next();
    } while (next.isPresent());
    return items;
  }

  /** The exception that the call must throw. */
  protected static <E extends PersistenceException> E thrownBy(
      Class<E> type, ThrowingCallable call) {
    Throwable thrown = catchThrowable(call);
    assertThat(thrown).isInstanceOf(type);
    return type.cast(thrown);
  }
}
