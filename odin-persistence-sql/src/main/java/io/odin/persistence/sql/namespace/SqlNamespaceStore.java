package io.odin.persistence.sql.namespace;

import io.odin.persistence.Limits;
import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.internal.Payloads;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.namespace.NamespaceSettings.Scope;
import io.odin.persistence.namespace.NamespaceStatus;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Namespaces in the database. Every write begins by locking the counter of changes, so that writes
 * come one after the other, and what is read after that holds until the commit. None needs a broken
 * constraint to find a name taken. Thread-safe.
 */
final class SqlNamespaceStore implements NamespaceStore {

  private final Database database;
  private final Payloads payloads;
  private final NamespaceSql sql;

  SqlNamespaceStore(Database database, NamespaceSql sql, Limits limits) {
    this.database = database;
    this.sql = sql;
    payloads = new Payloads(limits);
  }

  /**
   * The outcome of a change.
   *
   * @param rows how many rows it changed: one, or none if its conditions did not hold
   * @param stored the namespace as it is after that, deleted or not
   */
  private record Change(long rows, Optional<Namespace> stored) {

    Optional<Namespace> applied() {
      return rows == 0 ? Optional.empty() : stored;
    }

    /** Not applied, because the namespace had that status before: that is no failure. */
    Optional<Namespace> unchanged(NamespaceStatus status) {
      return stored.filter(namespace -> namespace.status() == status);
    }

    PersistenceException refusal(NamespaceId id, long expectedVersion) {
      return stored
          .filter(namespace -> namespace.status() != NamespaceStatus.DELETED)
          .<PersistenceException>map(
              namespace ->
                  new VersionConflictException(
                      "namespace " + id, expectedVersion, namespace.version()))
          .orElseGet(() -> new NotFoundException("namespace", id.toString()));
    }
  }

  @Override
  public Namespace create(NamespaceId id, String name, NamespaceSettings settings) {
    Binds binds = key(id).and("namespace_name", Require.id("name", name)).andAll(checked(settings));
    return database.transaction(
        "namespaces.create",
        session -> {
          List<Step.Result> sequence =
              session.run(
                  List.of(
                      lockChanges(),
                      Step.query(
                          sql.changeSequence, Binds.none(), row -> row.number("last_sequence"))));
          binds.and("change_sequence", sequence.getLast().rows(Long.class).getFirst());
          List<Step.Result> inserted =
              session.run(
                  List.of(
                      Step.change(sql.insert, binds),
                      query(sql.findAny, binds),
                      query(sql.findByName, binds)));
          Namespace stored = first(inserted.get(1)).or(() -> first(inserted.get(2))).orElseThrow();
          if (inserted.getFirst().count() == 1) {
            return stored;
          }
          session.rollbackOnly();
          return repeated(stored, id, name, settings);
        });
  }

  /** An existing namespace is the result of its creation if it is the very same. */
  private static Namespace repeated(
      Namespace existing, NamespaceId id, String name, NamespaceSettings settings) {
    if (existing.status() != NamespaceStatus.DELETED
        && existing.id().equals(id)
        && existing.name().equals(name)
        && existing.settings().equals(settings)) {
      return existing;
    }
    throw new AlreadyExistsException(
        "namespace", existing.id().equals(id) ? id.toString() : name, existing);
  }

  @Override
  public Optional<Namespace> find(NamespaceId id) {
    Binds binds = key(id);
    return database.read(
        "namespaces.find", session -> session.first(sql.find, binds, SqlNamespaceStore::namespace));
  }

  @Override
  public Optional<Namespace> findByName(String name) {
    Binds binds = Binds.of("namespace_name", Require.id("name", name));
    return database.read(
        "namespaces.findByName",
        session -> session.first(sql.findByName, binds, SqlNamespaceStore::namespace));
  }

  @Override
  public Namespace update(NamespaceId id, NamespaceSettings settings, long expectedVersion) {
    Binds binds = key(id).and("expected_version", expectedVersion).andAll(checked(settings));
    return database.transaction(
        "namespaces.update",
        session -> {
          Change change = change(session, sql.update, binds);
          return change.applied().orElseThrow(() -> change.refusal(id, expectedVersion));
        });
  }

  @Override
  public Namespace rename(NamespaceId id, String newName, long expectedVersion) {
    Binds binds =
        key(id)
            .and("expected_version", expectedVersion)
            .and("namespace_name", Require.id("newName", newName));
    return database.transaction(
        "namespaces.rename",
        session -> {
          // Taken for its lock only: the change takes a sequence of its own.
          first(session.run(List.of(lockChanges(), query(sql.findByName, binds))).getLast())
              .filter(bearer -> !bearer.id().equals(id))
              .ifPresent(
                  bearer -> {
                    throw new AlreadyExistsException("namespace", newName, bearer);
                  });
          Change change = change(session, sql.rename, binds);
          return change.applied().orElseThrow(() -> change.refusal(id, expectedVersion));
        });
  }

  @Override
  public Namespace deprecate(NamespaceId id, long expectedVersion) {
    Binds binds = key(id).and("expected_version", expectedVersion);
    return database.transaction(
        "namespaces.deprecate",
        session -> {
          Change change = change(session, sql.deprecate, binds);
          return change
              .applied()
              .or(() -> change.unchanged(NamespaceStatus.DEPRECATED))
              .orElseThrow(() -> change.refusal(id, expectedVersion));
        });
  }

  @Override
  public void delete(NamespaceId id, long expectedVersion) {
    Binds binds = key(id).and("expected_version", expectedVersion);
    database.transaction(
        "namespaces.delete",
        session -> {
          Change change = change(session, sql.delete, binds);
          return change
              .applied()
              .or(() -> change.unchanged(NamespaceStatus.DELETED))
              .orElseThrow(() -> change.refusal(id, expectedVersion));
        });
  }

  @Override
  public Page<Namespace> list(NamespaceFilter filter, PageRequest page) {
    PagedQuery listing =
        switch (Require.nonNull("filter", filter)) {
          case LIVE -> sql.listLive;
          case ALL -> sql.listAll;
        };
    Require.nonNull("page", page);
    return database.read(
        "namespaces.list",
        session ->
            listing.page(session, Binds.none(), page, filter.name(), SqlNamespaceStore::namespace));
  }

  @Override
  public List<Namespace> changesSince(long sequence, int limit) {
    Binds binds =
        Binds.of("change_sequence", Require.between("sequence", sequence, 0, Long.MAX_VALUE))
            .and("limit", Require.between("limit", limit, 1, PageRequest.MAXIMUM_LIMIT));
    return database.read(
        "namespaces.changesSince",
        session -> session.query(sql.changesSince, binds, SqlNamespaceStore::namespace));
  }

  private Change change(Session session, Sql statement, Binds binds) throws SQLException {
    List<Step.Result> results =
        session.run(
            List.of(lockChanges(), Step.change(statement, binds), query(sql.findAny, binds)));
    Change change = new Change(results.get(1).count(), first(results.get(2)));
    if (change.rows() == 0) {
      session.rollbackOnly();
    }
    return change;
  }

  private Step lockChanges() {
    return Step.change(sql.takeChangeSequence, Binds.none());
  }

  private static Step query(Sql statement, Binds binds) {
    return Step.query(statement, binds, SqlNamespaceStore::namespace);
  }

  private static Optional<Namespace> first(Step.Result result) {
    return result.rows(Namespace.class).stream().findFirst();
  }

  private static Binds key(NamespaceId id) {
    return Binds.of("namespace_id", Require.nonNull("id", id).value());
  }

  private Binds checked(NamespaceSettings settings) {
    Require.nonNull("settings", settings);
    payloads.check(settings.clusterConfig());
    payloads.check(settings.data());
    return Binds.of("description", settings.description())
        .and("owner_id", settings.ownerId())
        .and("retention_days", settings.retentionDays())
        .and("history_archival_enabled", settings.historyArchival() == Archival.ENABLED)
        .and("visibility_archival_enabled", settings.visibilityArchival() == Archival.ENABLED)
        .and("is_global_namespace", settings.scope() == Scope.GLOBAL)
        .and("cluster_config", settings.clusterConfig())
        .and("data", settings.data());
  }

  private static Namespace namespace(Row row) throws SQLException {
    return new Namespace(
        new NamespaceId(row.uuid("namespace_id")),
        row.text("namespace_name"),
        settings(row),
        NamespaceStatus.valueOf(row.text("status").toUpperCase(Locale.ROOT)),
        row.number("version"),
        row.number("change_sequence"),
        row.instant("created_at"),
        row.instant("updated_at"));
  }

  private static NamespaceSettings settings(Row row) throws SQLException {
    return new NamespaceSettings(
        row.optionalText("description"),
        row.optionalText("owner_id"),
        row.integer("retention_days"),
        archival(row, "history_archival_enabled"),
        archival(row, "visibility_archival_enabled"),
        row.bool("is_global_namespace") ? Scope.GLOBAL : Scope.LOCAL,
        row.json("cluster_config"),
        row.json("data"));
  }

  private static Archival archival(Row row, String column) throws SQLException {
    return row.bool(column) ? Archival.ENABLED : Archival.DISABLED;
  }
}
