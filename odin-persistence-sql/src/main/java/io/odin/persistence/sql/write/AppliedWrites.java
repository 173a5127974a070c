package io.odin.persistence.sql.write;

import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.write.AppliedWritesTable.APPLIED_AT;
import static io.odin.persistence.sql.write.AppliedWritesTable.APPLIED_WRITES;
import static io.odin.persistence.sql.write.AppliedWritesTable.CONTENT_HASH;
import static io.odin.persistence.sql.write.AppliedWritesTable.NAMESPACE_ID;
import static io.odin.persistence.sql.write.AppliedWritesTable.WRITE_ID;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.value.Bytes;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jooq.impl.DSL;

/** Records of writes whose effect others may change or delete; trimmed by age. Thread-safe. */
public final class AppliedWrites {

  private final Sql insert;
  private final Sql find;
  private final Sql old;
  private final Sql delete;

  /** Makes the statements. */
  public AppliedWrites(Statements statements) {
    insert =
        statements.insertNew(
            "writes.insert",
            RowShape.into(APPLIED_WRITES)
                .key(NAMESPACE_ID, WRITE_ID)
                .shared(NAMESPACE_ID, WRITE_ID, CONTENT_HASH)
                .build());
    find =
        statements.query(
            "writes.find",
            DSL.select(CONTENT_HASH).from(APPLIED_WRITES).where(matches(NAMESPACE_ID, WRITE_ID)));
    old =
        statements.query(
            "writes.old",
            DSL.select(NAMESPACE_ID, WRITE_ID)
                .from(APPLIED_WRITES)
                .where(APPLIED_AT.lt(DatabaseClock.before(param(AGE))))
                .limit(limit()));
    delete =
        statements.query(
            "writes.delete", DSL.deleteFrom(APPLIED_WRITES).where(matches(NAMESPACE_ID, WRITE_ID)));
  }

  /** Records a write, in the transaction that applies it. */
  public void record(Session session, NamespaceId namespace, WriteId write) throws SQLException {
    session.update(
        insert, key(namespace.value(), write.id()).and(CONTENT_HASH, write.contentHash()));
  }

  /**
   * Whether a write that does not apply was applied before. Then the session {@linkplain
   * Session#confirm() confirms} it, and takes back what it has done itself.
   */
  public boolean confirms(Session session, NamespaceId namespace, WriteId write)
      throws SQLException {
    Optional<Bytes> found =
        session.first(find, key(namespace.value(), write.id()), row -> row.get(CONTENT_HASH));
    if (!found.equals(Optional.of(write.contentHash()))) {
      return false;
    }
    session.confirm();
    return true;
  }

  /**
   * Deletes old records.
   *
   * @param old the age and the limit
   * @return how many
   */
  public int trim(Session session, Binds old) throws SQLException {
    List<Binds> found =
        session.query(this.old, old, row -> key(row.get(NAMESPACE_ID), row.get(WRITE_ID)));
    return Arrays.stream(session.batch(delete, found)).sum();
  }

  private static Binds key(UUID namespace, UUID write) {
    return Binds.of(NAMESPACE_ID, namespace).and(WRITE_ID, write);
  }
}
