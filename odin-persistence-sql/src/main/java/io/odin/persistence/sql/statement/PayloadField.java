package io.odin.persistence.sql.statement;

import io.odin.persistence.value.Bytes;
import io.odin.persistence.value.Json;
import org.jooq.Field;
import org.jooq.impl.DSL;
import org.jooq.impl.SQLDataType;

/**
 * The two columns of a payload. If it is a document, the bytes are null; if it is bytes, the
 * document is the empty object.
 *
 * @param document the column for documents
 * @param bytes the column for bytes
 */
public record PayloadField(Field<Json> document, Field<Bytes> bytes) {

  /** The size of what is stored, in bytes. */
  public Field<Long> storedSize(SqlForms forms) {
    return DSL.coalesce(sizeOf(bytes), forms.storedSize(document));
  }

  /** The size of bytes that are stored; null stays null. */
  static Field<Long> sizeOf(Field<?> bytes) {
    return DSL.field("octet_length({0})", SQLDataType.BIGINT, bytes);
  }
}
