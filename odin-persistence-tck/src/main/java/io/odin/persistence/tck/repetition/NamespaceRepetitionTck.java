package io.odin.persistence.tck.repetition;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.shard.Shard;
import io.odin.persistence.shard.ShardAcquisition.HeldByAnother;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.value.PageRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Repeated writes of namespaces and shards. */
public abstract class NamespaceRepetitionTck extends AbstractRepetitionTck {

  /** For backends. */
  protected NamespaceRepetitionTck() {}

  @Override
  Set<Class<?>> stores() {
    return Set.of(NamespaceStore.class, ShardStore.class);
  }

  @Override
  Set<String> reads() {
    return Set.of("find", "findByName", "list", "listOwned", "changesSince");
  }

  @Override
  Map<String, String> exceptions() {
    return Map.of(
        "ShardStore.renewAll(List, Duration)",
        "another renewal, of those that are live",
        "ShardStore.initialize(int)",
        "done once for a database; the same number again has no effect",
        "ShardStore.acquireAny(String, int, Duration)",
        "acquires other shards; listOwned returns the first ones",
        "ShardStore.renew(ShardLease, Duration)",
        "another renewal; refused only if the lease has ended, with whatever the first one did",
        "ShardStore.reclaimExpired(int)",
        "housekeeping; counts what this call has done",
        "ShardStore.bumpAllTokens()",
        "raises the tokens again; for an operator after a restore");
  }

  private NamespaceStore store() {
    return persistence().namespaces();
  }

  private Namespace stored(NamespaceId id) {
    return persistence()
        .namespaces()
        .list(NamespaceFilter.ALL, PageRequest.first(1000))
        .items()
        .stream()
        .filter(namespace -> namespace.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  private RepeatedWrite write(
      String method, NamespaceId id, Function<NamespaceStore, @Nullable Object> send) {
    return RepeatedWrite.of(
        "NamespaceStore." + method,
        database().commitRequest(),
        stores -> send.apply(stores.namespaces()),
        () -> List.of(store().find(id)));
  }

  private RepeatedWrite create(NamespaceId id) {
    return write(
        "create(NamespaceId, String, NamespaceSettings)",
        id,
        to -> to.create(id, id.toString(), Samples.settings()));
  }

  private RepeatedWrite update(NamespaceId id) {
    return write(
        "update(NamespaceId, NamespaceSettings, long)", id, to -> to.update(id, settings(1), 1));
  }

  private RepeatedWrite rename(NamespaceId id, String name) {
    return write("rename(NamespaceId, String, long)", id, to -> to.rename(id, name, 1));
  }

  private RepeatedWrite deprecate(NamespaceId id) {
    return write("deprecate(NamespaceId, long)", id, to -> to.deprecate(id, 1));
  }

  private RepeatedWrite delete(NamespaceId id) {
    return write(
        "delete(NamespaceId, long)",
        id,
        to -> {
          to.delete(id, 1);
          return null;
        });
  }

  private static NamespaceSettings settings(int days) {
    return Samples.settings().toBuilder().retentionDays(days).build();
  }

  @Override
  List<RepeatedWrite> writes() {
    NamespaceId created = NamespaceId.create();
    NamespaceId createdAndDeleted = NamespaceId.create();
    NamespaceId updated = newNamespace();
    NamespaceId updatedAndDeleted = newNamespace();
    NamespaceId renamed = newNamespace();
    NamespaceId deprecated = newNamespace();
    NamespaceId deprecatedAndDeleted = newNamespace();
    NamespaceId deleted = newNamespace();
    String deletedName = store().find(deleted).orElseThrow().name();
    String taken = "tck-taken-" + renamed;
    return List.of(
        create(created)
            .then(() -> store().update(created, settings(1), 1))
            .answers(answer -> assertThat(answer).isEqualTo(stored(created))),
        create(createdAndDeleted).then(() -> store().delete(createdAndDeleted, 1)).saysApplied(),
        update(updated)
            .then(() -> store().update(updated, settings(2), 2))
            .answers(answer -> assertThat(answer).isEqualTo(stored(updated))),
        update(updatedAndDeleted).then(() -> store().delete(updatedAndDeleted, 2)).saysApplied(),
        rename(renamed, taken)
            .then(
                () -> {
                  store().rename(renamed, taken + "-2", 2);
                  store().create(NamespaceId.create(), taken, Samples.settings());
                })
            .answers(answer -> assertThat(answer).isEqualTo(stored(renamed))),
        deprecate(deprecated)
            .then(() -> store().update(deprecated, settings(2), 2))
            .answers(answer -> assertThat(answer).isEqualTo(stored(deprecated))),
        deprecate(deprecatedAndDeleted)
            .then(() -> store().delete(deprecatedAndDeleted, 2))
            .saysApplied(),
        delete(deleted)
            .then(() -> store().create(NamespaceId.create(), deletedName, Samples.settings())),
        acquire(newShard()),
        release(newShard()),
        releaseBeforeTwoOthers(newShard()));
  }

  private List<Object> owner(int shardId) {
    Shard shard = persistence().shards().find(shardId).orElseThrow();
    return List.of(shard.owner(), shard.fenceToken());
  }

  /** The reply is lost, the lease expires, and another owner takes the shard over. */
  private RepeatedWrite acquire(int shardId) {
    return RepeatedWrite.of(
            "ShardStore.acquire(int, String, Duration)",
            database().commitRequest(),
            stores -> stores.shards().acquire(shardId, "first-" + shardId, SHORT),
            () -> owner(shardId))
        .then(
            () -> {
              await().until(() -> persistence().shards().listOwned("first-" + shardId).isEmpty());
              acquired(shardId, "B", LONG);
            })
        .answers(answer -> assertThat(answer).isInstanceOf(HeldByAnother.class));
  }

  private RepeatedWrite release(int shardId) {
    String owner = "owner-that-the-proxy-matches-" + shardId;
    ShardLease lease = acquired(shardId, owner, LONG);
    return RepeatedWrite.of(
            "ShardStore.release(ShardLease)",
            database().writeRequest(owner),
            stores -> {
              stores.shards().release(lease);
              return null;
            },
            () -> owner(shardId))
        .then(() -> acquired(shardId, "B", LONG));
  }

  private RepeatedWrite releaseBeforeTwoOthers(int shardId) {
    return release(shardId)
        .then(
            () -> {
              persistence().shards().release(acquired(shardId, "B", LONG));
              acquired(shardId, "C", LONG);
            });
  }
}
