package io.odin.persistence.sql.namespace;

import static io.odin.persistence.sql.namespace.NamespaceChangeCounterTable.LAST_SEQUENCE;
import static io.odin.persistence.sql.namespace.NamespaceChangeCounterTable.NAMESPACE_CHANGE_COUNTER;
import static io.odin.persistence.sql.namespace.NamespacesTable.CHANGE_SEQUENCE;
import static io.odin.persistence.sql.namespace.NamespacesTable.CLUSTER_CONFIG;
import static io.odin.persistence.sql.namespace.NamespacesTable.CREATED_AT;
import static io.odin.persistence.sql.namespace.NamespacesTable.DATA;
import static io.odin.persistence.sql.namespace.NamespacesTable.DELETED_AT;
import static io.odin.persistence.sql.namespace.NamespacesTable.DESCRIPTION;
import static io.odin.persistence.sql.namespace.NamespacesTable.HISTORY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.namespace.NamespacesTable.IS_GLOBAL_NAMESPACE;
import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACES;
import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACE_NAME;
import static io.odin.persistence.sql.namespace.NamespacesTable.OWNER_ID;
import static io.odin.persistence.sql.namespace.NamespacesTable.RETENTION_DAYS;
import static io.odin.persistence.sql.namespace.NamespacesTable.STATUS;
import static io.odin.persistence.sql.namespace.NamespacesTable.UPDATED_AT;
import static io.odin.persistence.sql.namespace.NamespacesTable.VERSION;
import static io.odin.persistence.sql.namespace.NamespacesTable.VISIBILITY_ARCHIVAL_ENABLED;
import static io.odin.persistence.sql.statement.Columns.EXPECTED_VERSION;
import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.PayloadColumns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.impl.DSL;

/** The statements over namespaces. */
final class NamespaceSql {

  private static final List<Field<?>> SETTINGS =
      List.of(
          DESCRIPTION,
          OWNER_ID,
          RETENTION_DAYS,
          HISTORY_ARCHIVAL_ENABLED,
          VISIBILITY_ARCHIVAL_ENABLED,
          IS_GLOBAL_NAMESPACE,
          CLUSTER_CONFIG,
          DATA);
  private static final List<Field<?>> OTHERS =
      List.of(
          NAMESPACE_ID, NAMESPACE_NAME, STATUS, VERSION, CHANGE_SEQUENCE, CREATED_AT, UPDATED_AT);
  private static final List<Field<?>> COLUMNS =
      Stream.concat(OTHERS.stream(), SETTINGS.stream()).toList();

  static final PayloadColumns PAYLOADS = PayloadColumns.of(COLUMNS);

  final Sql find;
  final Sql findAny;
  final Sql findByName;
  final Sql takeChangeSequence;
  final Sql changeSequence;
  final Sql insert;
  final Sql update;
  final Sql rename;
  final Sql deprecate;
  final Sql delete;
  final Sql changesSince;
  final PagedQuery listLive;
  final PagedQuery listAll;

  NamespaceSql(Statements statements) {
    find =
        statements.query("namespaces.find", select(matches(NAMESPACE_ID).and(LiveNamespaces.LIVE)));
    findAny = statements.query("namespaces.findAny", select(matches(NAMESPACE_ID)));
    findByName =
        statements.query(
            "namespaces.findByName", select(matches(NAMESPACE_NAME).and(LiveNamespaces.LIVE)));
    // Locks the counter until the transaction ends: sequences become visible in their order.
    takeChangeSequence =
        statements.query(
            "namespaces.takeChangeSequence",
            DSL.update(NAMESPACE_CHANGE_COUNTER).set(Map.of(LAST_SEQUENCE, next(LAST_SEQUENCE))));
    changeSequence =
        statements.query(
            "namespaces.changeSequence", DSL.select(LAST_SEQUENCE).from(NAMESPACE_CHANGE_COUNTER));
    insert = statements.insertNew("namespaces.insert", newNamespace());
    update = change(statements, "namespaces.update", assign(SETTINGS), LiveNamespaces.LIVE);
    rename = change(statements, "namespaces.rename", assign(NAMESPACE_NAME), LiveNamespaces.LIVE);
    deprecate =
        change(
            statements,
            "namespaces.deprecate",
            Map.of(STATUS, DSL.inline("deprecated")),
            STATUS.eq(DSL.inline("active")));
    Map<Field<?>, Field<?>> deletion = new LinkedHashMap<>();
    deletion.put(STATUS, DSL.inline("deleted"));
    deletion.put(DELETED_AT, DatabaseClock.now());
    delete = change(statements, "namespaces.delete", deletion, LiveNamespaces.LIVE);
    changesSince =
        statements.query(
            "namespaces.changesSince",
            select(PAYLOADS.columns(), CHANGE_SEQUENCE.gt(param(CHANGE_SEQUENCE)))
                .orderBy(CHANGE_SEQUENCE)
                .limit(Renderer.limit()));
    List<PagedQuery.Key> byName =
        List.of(PagedQuery.Key.ascending(NAMESPACE_NAME), PagedQuery.Key.ascending(NAMESPACE_ID));
    listLive =
        statements.pagedQuery(
            "namespaces.listLive",
            PAYLOADS,
            columns -> select(columns, LiveNamespaces.LIVE),
            byName);
    listAll =
        statements.pagedQuery(
            "namespaces.listAll", PAYLOADS, columns -> select(columns, DSL.noCondition()), byName);
  }

  private static RowShape newNamespace() {
    return RowShape.into(NAMESPACES)
        .key(NAMESPACE_ID)
        .shared(NAMESPACE_ID, NAMESPACE_NAME)
        .shared(SETTINGS)
        .shared(CHANGE_SEQUENCE)
        .build();
  }

  private static SelectConditionStep<?> select(Condition condition) {
    return select(COLUMNS, condition);
  }

  private static SelectConditionStep<?> select(List<Field<?>> columns, Condition condition) {
    return DSL.select(columns).from(NAMESPACES).where(condition);
  }

  private static Field<Long> next(Field<Long> counter) {
    return counter.plus(DSL.inline(1));
  }

  private static Sql change(
      Statements statements, String name, Map<Field<?>, Field<?>> assignments, Condition stage) {
    Map<Field<?>, Field<?>> all = new LinkedHashMap<>(assignments);
    all.put(VERSION, next(VERSION));
    all.put(CHANGE_SEQUENCE, DSL.field(DSL.select(LAST_SEQUENCE).from(NAMESPACE_CHANGE_COUNTER)));
    return statements.query(
        name,
        DSL.update(NAMESPACES)
            .set(all)
            .where(matches(NAMESPACE_ID).and(VERSION.eq(param(EXPECTED_VERSION))).and(stage)));
  }
}
