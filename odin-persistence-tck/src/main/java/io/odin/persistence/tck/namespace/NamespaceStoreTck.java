package io.odin.persistence.tck.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceStatus;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.value.Page;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The behavior of a {@link NamespaceStore}. */
public abstract class NamespaceStoreTck extends StoreTck {

  /** For backends. */
  protected NamespaceStoreTck() {}

  private NamespaceStore store() {
    return persistence().namespaces();
  }

  private static String newName() {
    return "tck-" + UUID.randomUUID();
  }

  private Namespace stored() {
    return store().create(NamespaceId.create(), newName(), Samples.settings());
  }

  @Test
  @Scenario("NS-01")
  void create_whenAbsent_isFoundByIdAndName() {
    NamespaceId id = NamespaceId.create();
    String name = newName();

    Namespace created = store().create(id, name, Samples.settings());

    assertThat(created.id()).isEqualTo(id);
    assertThat(created.name()).isEqualTo(name);
    assertThat(created.settings()).isEqualTo(Samples.settings());
    assertThat(created.status()).isEqualTo(NamespaceStatus.ACTIVE);
    assertThat(created.version()).isEqualTo(1);
    assertThat(created.changeSequence()).isPositive();
    assertThat(created.updatedAt()).isEqualTo(created.createdAt());
    assertThat(store().find(id)).contains(created);
    assertThat(store().findByName(name)).contains(created);
  }

  @Test
  @Scenario("NS-01")
  void create_withDefaults_storesNothingElse() {
    Namespace created =
        store().create(NamespaceId.create(), newName(), NamespaceSettings.defaults());

    assertThat(created.settings()).isEqualTo(NamespaceSettings.defaults());
    assertThat(store().find(created.id())).contains(created);
  }

  @Test
  @Scenario("NS-01")
  void find_whenAbsent_isEmpty() {
    assertThat(store().find(NamespaceId.create())).isEmpty();
    assertThat(store().findByName(newName())).isEmpty();
  }

  @Test
  @Scenario("NS-02")
  void create_whenNameIsTaken_returnsTheStoredNamespace() {
    Namespace first = stored();

    AlreadyExistsException thrown =
        thrownBy(
            AlreadyExistsException.class,
            () -> store().create(NamespaceId.create(), first.name(), Samples.settings()));

    assertThat(thrown.kind()).isEqualTo("namespace");
    assertThat(thrown.existing(Namespace.class)).isEqualTo(first);
  }

  @Test
  @Scenario("NS-03")
  void create_whenIdIsUsed_returnsTheStoredNamespace() {
    Namespace first = stored();
    String otherName = newName();

    AlreadyExistsException thrown =
        thrownBy(
            AlreadyExistsException.class,
            () -> store().create(first.id(), otherName, first.settings()));

    assertThat(thrown.existing(Namespace.class)).isEqualTo(first);
    assertThat(store().findByName(otherName)).isEmpty();
  }

  @Test
  @Scenario("NS-03")
  void create_whenIdIsUsedWithOtherSettings_isRefused() {
    Namespace first = stored();

    AlreadyExistsException thrown =
        thrownBy(
            AlreadyExistsException.class,
            () -> store().create(first.id(), first.name(), NamespaceSettings.defaults()));

    assertThat(thrown.existing(Namespace.class)).isEqualTo(first);
  }

  @Test
  @Scenario("NS-04")
  void create_again_returnsTheStoredOne() {
    Namespace first = stored();

    assertThat(store().create(first.id(), first.name(), first.settings())).isEqualTo(first);
    assertThat(store().find(first.id())).contains(first);
  }

  @Test
  @Scenario("NS-05")
  void create_concurrentlyWithOneName_succeedsOnce() {
    String name = newName();

    Concurrently.Outcomes<Namespace> outcomes =
        Concurrently.run(
            Concurrently.COMPETITORS,
            i -> store().create(NamespaceId.create(), name, Samples.settings()));

    Namespace winner = outcomes.onlyWinner(AlreadyExistsException.class);
    assertThat(outcomes.losers(AlreadyExistsException.class))
        .hasSize(Concurrently.COMPETITORS - 1)
        .allSatisfy(lost -> assertThat(lost.existing(Namespace.class)).isEqualTo(winner));
    assertThat(store().findByName(name)).contains(winner);
  }

  @Test
  @Scenario("NS-06")
  void update_replacesEverySetting() {
    Namespace first = store().create(NamespaceId.create(), newName(), NamespaceSettings.defaults());

    Namespace updated = store().update(first.id(), Samples.settings(), 1);

    assertThat(updated.settings()).isEqualTo(Samples.settings());
    assertThat(updated.version()).isEqualTo(2);
    assertThat(updated.changeSequence()).isGreaterThan(first.changeSequence());
    assertThat(updated.createdAt()).isEqualTo(first.createdAt());
    assertThat(updated.updatedAt()).isAfter(first.updatedAt());
    assertThat(store().find(first.id())).contains(updated);
  }

  @Test
  @Scenario("NS-07")
  void update_clearsOmittedSettings() {
    Namespace first = stored();

    store().update(first.id(), NamespaceSettings.defaults(), 1);

    assertThat(store().find(first.id()).orElseThrow().settings())
        .isEqualTo(NamespaceSettings.defaults());
  }

  @Test
  @Scenario("NS-08")
  void update_whenStale_changesNothing() {
    Namespace first = stored();
    Namespace second = store().update(first.id(), NamespaceSettings.defaults(), 1);

    VersionConflictException thrown =
        thrownBy(
            VersionConflictException.class,
            () -> store().update(first.id(), Samples.settings(), 1));

    assertThat(thrown.expected()).isEqualTo(1);
    assertThat(thrown.actual()).isEqualTo(2);
    assertThat(store().find(first.id())).contains(second);
  }

  @Test
  @Scenario("NS-08")
  void renameDeprecateAndDelete_whenStale_changeNothing() {
    Namespace first = stored();
    NamespaceId id = first.id();
    Namespace second = store().update(id, NamespaceSettings.defaults(), 1);

    thrownBy(VersionConflictException.class, () -> store().rename(id, newName(), 1));
    thrownBy(VersionConflictException.class, () -> store().deprecate(id, 1));
    thrownBy(VersionConflictException.class, () -> store().delete(id, 1));

    assertThat(store().find(id)).contains(second);
  }

  @Test
  @Scenario("NS-09")
  void update_concurrently_succeedsOnce() {
    Namespace first = stored();

    Concurrently.Outcomes<Namespace> outcomes =
        Concurrently.run(
            Concurrently.COMPETITORS,
            i ->
                store()
                    .update(
                        first.id(), Samples.settings().toBuilder().retentionDays(i).build(), 1));

    Namespace winner = outcomes.onlyWinner(VersionConflictException.class);
    assertThat(winner.version()).isEqualTo(2);
    assertThat(store().find(first.id())).contains(winner);
  }

  @Test
  @Scenario("NS-10")
  void everyChange_whenAbsent_isNotFound() {
    NamespaceId absent = NamespaceId.create();

    NotFoundException thrown =
        thrownBy(NotFoundException.class, () -> store().update(absent, Samples.settings(), 1));
    assertThat(thrown.kind()).isEqualTo("namespace");
    thrownBy(NotFoundException.class, () -> store().rename(absent, newName(), 1));
    thrownBy(NotFoundException.class, () -> store().deprecate(absent, 1));
    thrownBy(NotFoundException.class, () -> store().delete(absent, 1));
  }

  @Test
  @Scenario("NS-10")
  void everyChangeButDelete_whenDeleted_isNotFound() {
    Namespace first = stored();
    store().delete(first.id(), 1);

    thrownBy(NotFoundException.class, () -> store().update(first.id(), Samples.settings(), 2));
    thrownBy(NotFoundException.class, () -> store().rename(first.id(), newName(), 2));
    thrownBy(NotFoundException.class, () -> store().deprecate(first.id(), 2));
  }

  @Test
  @Scenario("NS-11")
  void rename_freesTheOldName() {
    Namespace first = stored();
    String newName = newName();

    Namespace renamed = store().rename(first.id(), newName, 1);

    assertThat(renamed.name()).isEqualTo(newName);
    assertThat(renamed.version()).isEqualTo(2);
    assertThat(renamed.settings()).isEqualTo(first.settings());
    assertThat(store().findByName(newName)).contains(renamed);
    assertThat(store().findByName(first.name())).isEmpty();
    store().create(NamespaceId.create(), first.name(), Samples.settings());
  }

  @Test
  @Scenario("NS-12")
  void rename_whenNameIsTaken_changesNothing() {
    Namespace first = stored();
    Namespace other = stored();

    AlreadyExistsException thrown =
        thrownBy(AlreadyExistsException.class, () -> store().rename(first.id(), other.name(), 1));

    assertThat(thrown.existing(Namespace.class)).isEqualTo(other);
    assertThat(store().find(first.id())).contains(first);
    assertThat(store().findByName(first.name())).contains(first);
  }

  @Test
  @Scenario("NS-13")
  void delete_again_changesNothing() {
    Namespace first = stored();

    store().delete(first.id(), 1);
    store().delete(first.id(), 1);
    store().delete(first.id(), 99);

    assertThat(store().find(first.id())).isEmpty();
    assertThat(store().findByName(first.name())).isEmpty();
  }

  @Test
  @Scenario("NS-14")
  void delete_freesTheName() {
    Namespace first = stored();
    store().delete(first.id(), 1);
    NamespaceId id = NamespaceId.create();

    Namespace second = store().create(id, first.name(), Samples.settings());

    assertThat(second.id()).isEqualTo(id);
    assertThat(store().findByName(first.name())).contains(second);
    assertThat(store().find(first.id())).isEmpty();
  }

  @Test
  @Scenario("NS-15")
  void list_whileLaterOnesAreDeleted_neitherRepeatsNorSkips() {
    String prefix = newName();
    List<Namespace> all =
        IntStream.range(0, 25)
            .mapToObj(
                i ->
                    store()
                        .create(
                            NamespaceId.create(),
                            prefix + "-%02d".formatted(i),
                            NamespaceSettings.defaults()))
            .toList();
    AtomicBoolean deleted = new AtomicBoolean();

    List<Namespace> read =
        allPages(
            10,
            request -> {
              Page<Namespace> page = store().list(NamespaceFilter.LIVE, request);
              if (page.items().contains(all.getFirst()) && !deleted.getAndSet(true)) {
                store().delete(all.getLast().id(), 1);
              }
              return page;
            });

    // The last of 25 cannot be on the page of 10 that has the first.
    assertThat(read)
        .filteredOn(namespace -> namespace.name().startsWith(prefix))
        .isEqualTo(all.subList(0, 24));
    assertThat(read).isSortedAccordingTo(Comparator.comparing(Namespace::name));
  }

  @Test
  @Scenario("NS-15")
  void list_ofAll_includesDeletedNamespaces() {
    Namespace live = stored();
    Namespace deleted = stored();
    store().delete(deleted.id(), 1);

    List<Namespace> all = allPages(1000, page -> store().list(NamespaceFilter.ALL, page));

    assertThat(all)
        .anySatisfy(
            namespace -> {
              assertThat(namespace.id()).isEqualTo(deleted.id());
              assertThat(namespace.status()).isEqualTo(NamespaceStatus.DELETED);
            })
        .contains(live);
  }

  @Test
  @Scenario("NS-16")
  void changesSince_returnsEachChangeOnce() {
    long before = stored().changeSequence();

    Namespace created = stored();
    assertThat(store().changesSince(before, 10)).containsExactly(created);
    Namespace updated = store().update(created.id(), NamespaceSettings.defaults(), 1);
    assertThat(store().changesSince(before, 10)).containsExactly(updated);
    Namespace renamed = store().rename(created.id(), newName(), 2);
    Namespace deprecated = store().deprecate(created.id(), 3);
    store().delete(created.id(), 4);

    List<Namespace> changes = store().changesSince(before, 10);
    assertThat(changes).hasSize(1);
    Namespace deleted = changes.getFirst();
    assertThat(deleted.status()).isEqualTo(NamespaceStatus.DELETED);
    assertThat(
            List.of(
                created.changeSequence(),
                updated.changeSequence(),
                renamed.changeSequence(),
                deprecated.changeSequence(),
                deleted.changeSequence()))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(store().changesSince(deleted.changeSequence(), 10)).isEmpty();
  }

  @Test
  @Scenario("NS-16")
  void changesSince_isOrderedAndLimited() {
    long before = stored().changeSequence();
    List<Namespace> made = List.of(stored(), stored(), stored());

    assertThat(store().changesSince(before, 2)).isEqualTo(made.subList(0, 2));
    assertThat(store().changesSince(made.get(1).changeSequence(), 2)).isEqualTo(made.subList(2, 3));
    thrownBy(InvalidRequestException.class, () -> store().changesSince(before, 0));
    thrownBy(InvalidRequestException.class, () -> store().changesSince(before, 1001));
  }

  @Test
  @Scenario("NS-16")
  void changesSince_whileManyWrite_missesNoChange() {
    long before = stored().changeSequence();
    int each = 10;
    Set<NamespaceId> seen = new HashSet<>();
    AtomicLong last = new AtomicLong(before);

    Future<List<List<NamespaceId>>> writers =
        Concurrently.start(
            () ->
                Concurrently.run(
                        Concurrently.COMPETITORS,
                        i -> Stream.generate(() -> stored().id()).limit(each).toList())
                    .allSucceeded());
    await()
        .until(
            () -> {
              boolean done = writers.isDone();
              for (Namespace change : store().changesSince(last.get(), 1000)) {
                last.set(change.changeSequence());
                seen.add(change.id());
              }
              return done;
            });

    assertThat(seen)
        .containsExactlyInAnyOrderElementsOf(
            Concurrently.resultOf(writers).stream().flatMap(List::stream).toList());
  }

  @Test
  @Scenario("NS-17")
  void retentionDays_outOfBounds_isRefused() {
    InvalidRequestException thrown =
        thrownBy(
            InvalidRequestException.class,
            () -> NamespaceSettings.builder().retentionDays(-1).build());
    assertThat(thrown.field()).isEqualTo("retentionDays");
    thrownBy(
        InvalidRequestException.class,
        () -> NamespaceSettings.builder().retentionDays(36_501).build());
  }

  @Test
  @Scenario("NS-17")
  void retentionDays_atTheBounds_isStored() {
    for (int days : new int[] {0, 36_500}) {
      Namespace created =
          store()
              .create(
                  NamespaceId.create(),
                  newName(),
                  NamespaceSettings.builder().retentionDays(days).build());

      assertThat(store().find(created.id()).orElseThrow().settings().retentionDays())
          .isEqualTo(days);
    }
  }

  @Test
  @Scenario("NS-18")
  void findFindByNameAndList_agreeOnEveryStatus() {
    Namespace active = stored();
    Namespace stillActive = stored();
    Namespace deprecated = store().deprecate(stillActive.id(), 1);
    Namespace deleted = stored();
    store().delete(deleted.id(), 1);

    assertThat(deprecated.status()).isEqualTo(NamespaceStatus.DEPRECATED);
    List<Namespace> listed = allPages(1000, page -> store().list(NamespaceFilter.LIVE, page));
    for (Namespace live : List.of(active, deprecated)) {
      assertThat(store().find(live.id())).contains(live);
      assertThat(store().findByName(live.name())).contains(live);
      assertThat(listed).contains(live);
    }
    assertThat(store().find(deleted.id())).isEmpty();
    assertThat(store().findByName(deleted.name())).isEmpty();
    assertThat(listed).extracting(Namespace::id).doesNotContain(deleted.id());
  }

  @Test
  @Scenario("NS-18")
  void deprecate_again_changesNothing() {
    Namespace first = stored();
    Namespace deprecated = store().deprecate(first.id(), 1);

    assertThat(deprecated.version()).isEqualTo(2);
    assertThat(store().deprecate(first.id(), 1)).isEqualTo(deprecated);
    assertThat(store().update(first.id(), NamespaceSettings.defaults(), 2).status())
        .isEqualTo(NamespaceStatus.DEPRECATED);
  }
}
