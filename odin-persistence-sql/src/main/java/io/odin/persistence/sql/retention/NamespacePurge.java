package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.namespace.NamespacesTable.DELETED_AT;
import static io.odin.persistence.sql.namespace.NamespacesTable.STATUS;
import static io.odin.persistence.sql.retention.NamespacePurgeSql.AFTER;
import static io.odin.persistence.sql.retention.NamespacePurgeSql.IS_OLD;
import static io.odin.persistence.sql.retention.NamespacePurgeSql.TABLES;
import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Columns.LIMIT;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.NamespaceRemains;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.PageTokens;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jooq.Table;

/** Finds and deletes what is left of namespaces. Thread-safe. */
final class NamespacePurge {

  private static final String FIND_REMAINS = "retention.findRemains";
  private static final UUID BEFORE_ALL = new UUID(0, 0);
  private static final int MAXIMUM_COUNT = 10_000;

  private final Database database;
  private final NamespacePurgeSql sql;

  NamespacePurge(Database database, Statements statements) {
    this.database = database;
    sql = new NamespacePurgeSql(statements);
  }

  /** The row of a namespace. */
  private record Found(boolean isDeleted, boolean isOld, Optional<Instant> deletedAt) {

    static Found of(Row row) throws SQLException {
      return new Found(
          row.get(STATUS).equals("deleted"),
          row.optional(IS_OLD).orElse(false),
          row.optional(DELETED_AT));
    }
  }

  Page<NamespaceRemains> find(Duration age, PageRequest page) {
    String scope = age.toString();
    UUID after =
        page.token()
            .map(
                token ->
                    UUID.fromString(
                        (String) PageTokens.decode(token, FIND_REMAINS, scope).getFirst()))
            .orElse(BEFORE_ALL);
    return database.read(FIND_REMAINS, session -> find(session, age, after, page.limit()));
  }

  private Page<NamespaceRemains> find(Session session, Duration age, UUID after, int limit)
      throws SQLException {
    List<NamespaceRemains> found = new ArrayList<>();
    UUID last = after;
    for (int i = 0; i < limit; i++) {
      Optional<UUID> next =
          session.first(sql.next, Binds.of(AFTER, last), row -> row.get(NAMESPACE_ID));
      if (next.isEmpty()) {
        return new Page<>(found, Optional.empty());
      }
      last = next.get();
      remains(session, last, age).ifPresent(found::add);
    }
    return new Page<>(
        found,
        Optional.of(PageTokens.encode(FIND_REMAINS, age.toString(), List.of(last.toString()))));
  }

  private Optional<NamespaceRemains> remains(Session session, UUID namespace, Duration age)
      throws SQLException {
    Binds binds = Binds.of(NAMESPACE_ID, namespace).and(AGE, age);
    Optional<Found> row = session.first(sql.find, binds, Found::of);
    if (row.isPresent() && !(row.get().isDeleted() && row.get().isOld())) {
      return Optional.empty();
    }
    return Optional.of(
        new NamespaceRemains(
            new NamespaceId(namespace),
            row.flatMap(Found::deletedAt),
            counts(session, namespace, MAXIMUM_COUNT)));
  }

  private SortedMap<String, Long> counts(Session session, UUID namespace, int limit)
      throws SQLException {
    Binds binds = Binds.of(NAMESPACE_ID, namespace).and(LIMIT, limit);
    return session.query(sql.remains, binds, NamespacePurge::counts).getFirst();
  }

  private static SortedMap<String, Long> counts(Row row) throws SQLException {
    SortedMap<String, Long> counts = new TreeMap<>();
    for (Table<?> table : TABLES) {
      long count = row.get(NamespacePurgeSql.count(table));
      if (count > 0) {
        counts.put(table.getName(), count);
      }
    }
    return counts;
  }

  int purge(NamespaceId namespace, int limit) {
    return database.transaction(
        "retention.purge", session -> purge(session, namespace.value(), limit));
  }

  private int purge(Session session, UUID namespace, int limit) throws SQLException {
    Binds binds = Binds.of(NAMESPACE_ID, namespace).and(AGE, Duration.ZERO);
    Optional<Found> row = session.first(sql.find, binds, Found::of);
    Require.that(
        row.map(Found::isDeleted).orElse(true),
        "namespace",
        () -> "is " + namespace + ", which is not deleted: delete it before its data");
    Map<String, Long> counts = counts(session, namespace, limit);
    List<Step> deletes = new ArrayList<>();
    long budget = limit;
    for (Map.Entry<String, Sql> delete : sql.deletes.entrySet()) {
      long rows = Math.min(counts.getOrDefault(delete.getKey(), 0L), budget);
      if (rows > 0) {
        deletes.add(
            Step.change(
                delete.getValue(),
                Binds.of(NAMESPACE_ID, namespace).and(LIMIT, Math.toIntExact(rows))));
        budget -= rows;
      }
    }
    if (counts.isEmpty() && row.isPresent()) {
      deletes.add(Step.change(sql.deleteNamespace, binds));
    }
    long deleted = session.run(deletes).stream().mapToLong(Step.Result::count).sum();
    if (deleted == 0) {
      session.confirm();
    }
    return Math.toIntExact(deleted);
  }
}
