package io.odin.persistence.sql.namespace;

import static io.odin.persistence.sql.statement.Renderer.assign;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.SelectConditionStep;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over namespaces. */
final class NamespaceSql {

  private static final Table<?> NAMESPACES = table("namespaces");
  private static final Table<?> COUNTER = table("namespace_change_counter");
  private static final Condition NOT_DELETED = column("status").ne(DSL.inline("deleted"));
  private static final List<String> SETTINGS =
      List.of(
          "description",
          "owner_id",
          "retention_days",
          "history_archival_enabled",
          "visibility_archival_enabled",
          "is_global_namespace",
          "cluster_config",
          "data");
  private static final List<String> OTHERS =
      List.of(
          "namespace_id",
          "namespace_name",
          "status",
          "version",
          "change_sequence",
          "created_at",
          "updated_at");

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
    find = statements.query("namespaces.find", select(matches("namespace_id").and(NOT_DELETED)));
    findAny = statements.query("namespaces.findAny", select(matches("namespace_id")));
    findByName =
        statements.query(
            "namespaces.findByName", select(matches("namespace_name").and(NOT_DELETED)));
    // Locks the counter until the transaction ends: sequences become visible in their order.
    takeChangeSequence =
        statements.query(
            "namespaces.takeChangeSequence",
            DSL.update(COUNTER).set(Map.of(column("last_sequence"), next("last_sequence"))));
    changeSequence =
        statements.query(
            "namespaces.changeSequence", DSL.select(column("last_sequence")).from(COUNTER));
    insert = statements.insertNew("namespaces.insert", newNamespace());
    update = change(statements, "namespaces.update", assign(SETTINGS), NOT_DELETED);
    rename =
        change(statements, "namespaces.rename", assign(List.of("namespace_name")), NOT_DELETED);
    deprecate =
        change(
            statements,
            "namespaces.deprecate",
            Map.of(column("status"), DSL.inline("deprecated")),
            column("status").eq(DSL.inline("active")));
    Map<Field<?>, Field<?>> deletion = new LinkedHashMap<>();
    deletion.put(column("status"), DSL.inline("deleted"));
    deletion.put(column("deleted_at"), DatabaseClock.now());
    delete = change(statements, "namespaces.delete", deletion, NOT_DELETED);
    changesSince =
        statements.query(
            "namespaces.changesSince",
            select(column("change_sequence").gt(param("change_sequence")))
                .orderBy(column("change_sequence"))
                .limit(Renderer.limit()));
    List<PagedQuery.Key> byName =
        List.of(
            PagedQuery.Key.ascending("namespace_name", RowShape.Type.TEXT),
            PagedQuery.Key.ascending("namespace_id", RowShape.Type.UUID));
    listLive = statements.pagedQuery("namespaces.listLive", () -> select(NOT_DELETED), byName);
    listAll = statements.pagedQuery("namespaces.listAll", () -> select(DSL.noCondition()), byName);
  }

  private static RowShape newNamespace() {
    return RowShape.into(NAMESPACES)
        .key("namespace_id")
        .shared("namespace_id", RowShape.Type.UUID)
        .shared("namespace_name", RowShape.Type.TEXT)
        .shared("description", RowShape.Type.TEXT)
        .shared("owner_id", RowShape.Type.TEXT)
        .shared("retention_days", RowShape.Type.INTEGER)
        .shared("history_archival_enabled", RowShape.Type.BOOLEAN)
        .shared("visibility_archival_enabled", RowShape.Type.BOOLEAN)
        .shared("is_global_namespace", RowShape.Type.BOOLEAN)
        .shared("cluster_config", RowShape.Type.JSON)
        .shared("data", RowShape.Type.JSON)
        .shared("change_sequence", RowShape.Type.NUMBER)
        .build();
  }

  private static SelectConditionStep<?> select(Condition condition) {
    List<Field<?>> columns = new ArrayList<>();
    OTHERS.forEach(name -> columns.add(column(name)));
    SETTINGS.forEach(name -> columns.add(column(name)));
    return DSL.select(columns).from(NAMESPACES).where(condition);
  }

  private static Field<Object> next(String counter) {
    return column(counter).plus(DSL.inline(1));
  }

  private static Sql change(
      Statements statements, String name, Map<Field<?>, Field<?>> assignments, Condition stage) {
    Map<Field<?>, Field<?>> all = new LinkedHashMap<>(assignments);
    all.put(column("version"), next("version"));
    all.put(
        column("change_sequence"), DSL.field(DSL.select(column("last_sequence")).from(COUNTER)));
    return statements.query(
        name,
        DSL.update(NAMESPACES)
            .set(all)
            .where(
                matches("namespace_id")
                    .and(column("version").eq(param("expected_version")))
                    .and(stage)));
  }
}
