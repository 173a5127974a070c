package io.odin.persistence.sql.statement;

import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jooq.Field;
import org.jooq.impl.CustomField;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The columns of a query whose rows hold payloads. A payload that is larger than {@link #ROW_BYTES}
 * is not returned, but its size is, so that the size of a result is limited whatever the rows hold.
 *
 * @param columns what the query selects
 * @param payloads how many payloads they hold; one that has two columns is in one of them
 */
public record PayloadColumns(List<Field<?>> columns, int payloads) {

  /** The size up to which each payload of a row is returned. */
  public static final Field<Long> ROW_BYTES = Columns.number("row_bytes");

  private static final Field<Long> LARGEST = Columns.number("largest_payload");

  /** Copies the list. */
  public PayloadColumns {
    columns = List.copyOf(columns);
  }

  /** Columns without payloads, as they are. */
  public static PayloadColumns none(List<Field<?>> columns) {
    return new PayloadColumns(columns, 0);
  }

  /** Columns of which those of JSON documents are payloads, with their columns for bytes. */
  public static PayloadColumns of(List<Field<?>> columns) {
    List<Field<?>> selected = new ArrayList<>();
    List<Field<Long>> sizes = new ArrayList<>();
    int documents = 0;
    for (Field<?> column : columns) {
      if (isPayload(column)) {
        documents += column.getType() == Json.class ? 1 : 0;
        Field<Long> size = size(column);
        sizes.add(DSL.coalesce(size, DSL.inline(0L)));
        selected.add(
            DSL.when(size.le(Renderer.param(ROW_BYTES)), column)
                .as(DSL.unquotedName(column.getName())));
      } else {
        selected.add(column);
      }
    }
    Field<Long> largest =
        sizes.size() == 1
            ? sizes.getFirst()
            : DSL.greatest(
                sizes.getFirst(), sizes.subList(1, sizes.size()).toArray(Field<?>[]::new));
    selected.add(largest.as(DSL.unquotedName(LARGEST.getName())));
    return new PayloadColumns(selected, documents);
  }

  private static boolean isPayload(Field<?> column) {
    return column.getType() == Json.class || column.getType() == Bytes.class;
  }

  private static Field<Long> size(Field<?> payload) {
    if (payload.getType() == Bytes.class) {
      return PayloadField.sizeOf(payload);
    }
    return CustomField.of(
        "size",
        SQLDataType.BIGINT,
        context -> context.visit(Renderer.formsOf(context.configuration()).storedSize(payload)));
  }

  /**
   * Whether a row has its payloads.
   *
   * @param rowBytes the value of {@link #ROW_BYTES}
   */
  public boolean areIn(Row row, long rowBytes) throws SQLException {
    return payloads == 0 || row.get(LARGEST) <= rowBytes;
  }
}
