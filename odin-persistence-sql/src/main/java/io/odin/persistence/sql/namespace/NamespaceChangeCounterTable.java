package io.odin.persistence.sql.namespace;

import static io.odin.persistence.sql.statement.Columns.integer;
import static io.odin.persistence.sql.statement.Columns.number;
import static io.odin.persistence.sql.statement.Renderer.table;

import org.jooq.Field;
import org.jooq.Table;

/** The number of the last change of a namespace; one row. */
public final class NamespaceChangeCounterTable {

  public static final Table<?> NAMESPACE_CHANGE_COUNTER = table("namespace_change_counter");

  public static final Field<Integer> ID = integer("id");
  public static final Field<Long> LAST_SEQUENCE = number("last_sequence");

  private NamespaceChangeCounterTable() {}
}
