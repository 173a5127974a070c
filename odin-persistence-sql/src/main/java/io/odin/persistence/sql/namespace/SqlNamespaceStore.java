package io.odin.persistence.sql.namespace;

import static io.odin.persistence.sql.namespace.NamespaceChangeCounterTable.LAST_SEQUENCE;
import static io.odin.persistence.sql.namespace.NamespacesTable.CHANGE_SEQUENCE;
import static io.odin.persistence.sql.namespace.NamespacesTable.CLUSTER_CONFIG;
import static io.odin.persistence.sql.namespace.NamespacesTable.CREATED_AT;
import static io.odin.persistence.sql.namespace.NamespacesTable.DATA;
import static io.odin.persistence.sql.namespace.NamespacesTable.DESCRIPTION;
import static io.odin.persistence.sql.namespace.NamespacesTable.HISTORY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.namespace.NamespacesTable.IS_GLOBAL_NAMESPACE;
import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACE_NAME;
import static io.odin.persistence.sql.namespace.NamespacesTable.OWNER_ID;
import static io.odin.persistence.sql.namespace.NamespacesTable.RETENTION_DAYS;
import static io.odin.persistence.sql.namespace.NamespacesTable.STATUS;
import static io.odin.persistence.sql.namespace.NamespacesTable.UPDATED_AT;
import static io.odin.persistence.sql.namespace.NamespacesTable.VERSION;
import static io.odin.persistence.sql.namespace.NamespacesTable.VISIBILITY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.statement.Columns.EXPECTED_VERSION;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.Limits;
import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.Outcome;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.VersionConflictException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.namespace.NamespaceSettings.Scope;
import io.odin.persistence.namespace.NamespaceStatus;
import io.odin.persistence.namespace.NamespaceStore;
import io.odin.persistence.spi.Payloads;
import io.odin.persistence.sql.database.BoundedRows;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.write.AppliedWrites;
import io.odin.persistence.sql.write.WriteId;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
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
  private final AppliedWrites writes;

  SqlNamespaceStore(Database database, NamespaceSql sql, AppliedWrites writes, Limits limits) {
    this.database = database;
    this.sql = sql;
    this.writes = writes;
    payloads = new Payloads(limits);
  }

  /**
   * The outcome of a change.
   *
   * @param rows how many rows it changed: one, or none if its conditions did not hold
   * @param stored the namespace as it is after that, deleted or not
   */
  private record Change(long rows, Optional<Namespace> stored) {

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
    Binds binds = key(id).and(NAMESPACE_NAME, Require.id("name", name)).andAll(checked(settings));
    WriteId write = WriteId.of("namespaces.create", binds);
    return database.transaction(
        "namespaces.create",
        session -> {
          List<Step.Result> sequence =
              session.run(
                  List.of(
                      lockChanges(),
                      Step.query(sql.changeSequence, Binds.none(), row -> row.get(LAST_SEQUENCE))));
          binds.and(CHANGE_SEQUENCE, sequence.getLast().rows(Long.class).getFirst());
          List<Step.Result> inserted =
              session.run(
                  List.of(
                      Step.change(sql.insert, binds),
                      query(sql.findAny, binds),
                      query(sql.findByName, binds)));
          Namespace stored = first(inserted.get(1)).or(() -> first(inserted.get(2))).orElseThrow();
          if (inserted.getFirst().count() == 1) {
            writes.record(session, id, write);
            return stored;
          }
          PersistenceException exists =
              new AlreadyExistsException(
                  "namespace", stored.id().equals(id) ? id.toString() : name, stored);
          if (isSame(stored, id, name, settings)) {
            session.confirm();
          } else if (!writes.confirms(session, id, write)) {
            throw exists;
          } else if (stored.status() == NamespaceStatus.DELETED) {
            throw exists.withOutcome(Outcome.APPLIED);
          }
          return stored;
        });
  }

  /** Whether an existing namespace is what its creation would make. */
  private static boolean isSame(
      Namespace existing, NamespaceId id, String name, NamespaceSettings settings) {
    return existing.status() != NamespaceStatus.DELETED
        && existing.id().equals(id)
        && existing.name().equals(name)
        && existing.settings().equals(settings);
  }

  @Override
  public Optional<Namespace> find(NamespaceId id) {
    Binds binds = key(id);
    return database.read(
        "namespaces.find", session -> session.first(sql.find, binds, SqlNamespaceStore::namespace));
  }

  @Override
  public Optional<Namespace> findByName(String name) {
    Binds binds = Binds.of(NAMESPACE_NAME, Require.id("name", name));
    return database.read(
        "namespaces.findByName",
        session -> session.first(sql.findByName, binds, SqlNamespaceStore::namespace));
  }

  @Override
  public Namespace update(NamespaceId id, NamespaceSettings settings, long expectedVersion) {
    Binds binds = key(id).and(EXPECTED_VERSION, expectedVersion).andAll(checked(settings));
    WriteId write = WriteId.of("namespaces.update", binds);
    return database.transaction(
        "namespaces.update",
        session -> changed(session, sql.update, write, id, expectedVersion, binds));
  }

  @Override
  public Namespace rename(NamespaceId id, String newName, long expectedVersion) {
    Binds binds =
        key(id)
            .and(EXPECTED_VERSION, expectedVersion)
            .and(NAMESPACE_NAME, Require.id("newName", newName));
    WriteId write = WriteId.of("namespaces.rename", binds);
    return database.transaction(
        "namespaces.rename",
        session -> {
          // Taken for its lock only: the change takes a sequence of its own.
          Optional<Namespace> bearer =
              first(session.run(List.of(lockChanges(), query(sql.findByName, binds))).getLast())
                  .filter(other -> !other.id().equals(id));
          if (bearer.isPresent()) {
            return before(session, id, write)
                .orElseThrow(() -> new AlreadyExistsException("namespace", newName, bearer.get()));
          }
          return changed(session, sql.rename, write, id, expectedVersion, binds);
        });
  }

  @Override
  public Namespace deprecate(NamespaceId id, long expectedVersion) {
    Binds binds = key(id).and(EXPECTED_VERSION, expectedVersion);
    WriteId write = WriteId.of("namespaces.deprecate", binds);
    return database.transaction(
        "namespaces.deprecate",
        session -> {
          Optional<Namespace> deprecated =
              session
                  .first(sql.find, binds, SqlNamespaceStore::namespace)
                  .filter(stored -> stored.status() == NamespaceStatus.DEPRECATED);
          if (deprecated.isPresent()) {
            session.confirm();
            return deprecated.get();
          }
          return changed(session, sql.deprecate, write, id, expectedVersion, binds);
        });
  }

  @Override
  public void delete(NamespaceId id, long expectedVersion) {
    Binds binds = key(id).and(EXPECTED_VERSION, expectedVersion);
    database.transaction(
        "namespaces.delete",
        session -> {
          Change change = change(session, sql.delete, binds);
          if (change.rows() == 0) {
            if (change.unchanged(NamespaceStatus.DELETED).isEmpty()) {
              throw change.refusal(id, expectedVersion);
            }
            session.confirm();
          }
          return change;
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
        Binds.of(CHANGE_SEQUENCE, Require.between("sequence", sequence, 0, Long.MAX_VALUE));
    int maximum = (int) Require.between("limit", limit, 1, PageRequest.MAXIMUM_LIMIT);
    return database.read(
        "namespaces.changesSince",
        session ->
            BoundedRows.read(
                session,
                sql.changesSince,
                binds,
                NamespaceSql.PAYLOADS,
                maximum,
                SqlNamespaceStore::namespace));
  }

  private Change change(Session session, Sql statement, Binds binds) throws SQLException {
    List<Step.Result> results =
        session.run(
            List.of(lockChanges(), Step.change(statement, binds), query(sql.findAny, binds)));
    return new Change(results.get(1).count(), first(results.get(2)));
  }

  /** Applies a change of one version, or finds that the very same was applied before. */
  private Namespace changed(
      Session session,
      Sql statement,
      WriteId write,
      NamespaceId id,
      long expectedVersion,
      Binds binds)
      throws SQLException {
    Change change = change(session, statement, binds);
    if (change.rows() > 0) {
      writes.record(session, id, write);
      return change.stored().orElseThrow();
    }
    Optional<Namespace> before = before(session, id, write);
    if (before.isPresent()) {
      return before.get();
    }
    throw change.refusal(id, expectedVersion);
  }

  /** The namespace as it is now, if a write was applied before; empty if it was not. */
  private Optional<Namespace> before(Session session, NamespaceId id, WriteId write)
      throws SQLException {
    if (!writes.confirms(session, id, write)) {
      return Optional.empty();
    }
    Optional<Namespace> live = session.first(sql.find, key(id), SqlNamespaceStore::namespace);
    if (live.isEmpty()) {
      throw new NotFoundException("namespace", id.toString()).withOutcome(Outcome.APPLIED);
    }
    return live;
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
    return Binds.of(NAMESPACE_ID, Require.nonNull("id", id).value());
  }

  private Binds checked(NamespaceSettings settings) {
    Require.nonNull("settings", settings);
    payloads.check("clusterConfig", settings.clusterConfig());
    payloads.check("data", settings.data());
    return Binds.of(DESCRIPTION, settings.description())
        .and(OWNER_ID, settings.ownerId())
        .and(RETENTION_DAYS, settings.retentionDays())
        .and(HISTORY_ARCHIVAL_ENABLED, settings.historyArchival() == Archival.ENABLED)
        .and(VISIBILITY_ARCHIVAL_ENABLED, settings.visibilityArchival() == Archival.ENABLED)
        .and(IS_GLOBAL_NAMESPACE, settings.scope() == Scope.GLOBAL)
        .and(CLUSTER_CONFIG, settings.clusterConfig())
        .and(DATA, settings.data());
  }

  private static Namespace namespace(Row row) throws SQLException {
    return new Namespace(
        new NamespaceId(row.get(NAMESPACE_ID)),
        row.get(NAMESPACE_NAME),
        settings(row),
        NamespaceStatus.valueOf(row.get(STATUS).toUpperCase(Locale.ROOT)),
        row.get(VERSION),
        row.get(CHANGE_SEQUENCE),
        row.get(CREATED_AT),
        row.get(UPDATED_AT));
  }

  private static NamespaceSettings settings(Row row) throws SQLException {
    return new NamespaceSettings(
        row.optional(DESCRIPTION),
        row.optional(OWNER_ID),
        row.get(RETENTION_DAYS),
        archival(row.get(HISTORY_ARCHIVAL_ENABLED)),
        archival(row.get(VISIBILITY_ARCHIVAL_ENABLED)),
        row.get(IS_GLOBAL_NAMESPACE) ? Scope.GLOBAL : Scope.LOCAL,
        row.get(CLUSTER_CONFIG),
        row.get(DATA));
  }

  private static Archival archival(boolean enabled) {
    return enabled ? Archival.ENABLED : Archival.DISABLED;
  }
}
