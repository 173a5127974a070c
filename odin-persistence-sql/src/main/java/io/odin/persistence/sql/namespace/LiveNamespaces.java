package io.odin.persistence.sql.namespace;

import static io.odin.persistence.sql.namespace.NamespacesTable.NAMESPACES;
import static io.odin.persistence.sql.namespace.NamespacesTable.STATUS;
import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import org.jooq.Condition;
import org.jooq.Field;
import org.jooq.impl.DSL;

/**
 * The namespaces that are neither missing nor deleted. What creates something is refused in any
 * other, and nothing of any other is delivered. No lock is taken: what is created while its
 * namespace is deleted goes with the rest of it. Thread-safe.
 */
public final class LiveNamespaces {

  /** True if the namespace {@code :namespace_id} is live: for what is written as text. */
  public static final String GUARD =
      "EXISTS (SELECT 1 FROM namespaces AS n"
          + " WHERE n.namespace_id = :namespace_id AND n.status <> 'deleted')";

  /** True of the rows of live namespaces. */
  static final Condition LIVE = STATUS.ne(DSL.inline("deleted"));

  /** True if the namespace {@code :namespace_id} is live. */
  public static final Condition GIVEN =
      Renderer.exists(DSL.selectOne().from(NAMESPACES).where(matches(NAMESPACE_ID).and(LIVE)));

  private final Sql find;

  LiveNamespaces(Statements statements) {
    find =
        statements.query(
            "namespaces.live",
            DSL.select(NAMESPACE_ID).from(NAMESPACES).where(matches(NAMESPACE_ID).and(LIVE)));
  }

  /**
   * True of the rows of a live namespace. Looks each one up by itself: a join would change the
   * order in which the rows are read.
   *
   * @param alias the table whose rows are tested
   */
  public static Condition of(String alias) {
    Field<String> status =
        DSL.field(
            DSL.select(column("n", STATUS))
                .from(NAMESPACES.as("n"))
                .where(column("n", NAMESPACE_ID).eq(column(alias, NAMESPACE_ID))));
    return status.ne(DSL.inline("deleted"));
  }

  /** Whether a namespace is live. */
  public boolean contains(Session session, NamespaceId namespace) throws SQLException {
    return session.run(step(namespace)).count() > 0;
  }

  /** Reads a namespace; the count is 0 unless it is live. */
  public Step step(NamespaceId namespace) {
    return Step.query(
        find, Binds.of(NAMESPACE_ID, namespace.value()), row -> row.get(NAMESPACE_ID));
  }

  /**
   * Refuses a namespace that is not live.
   *
   * @throws NotFoundException if it is missing or deleted
   */
  public void require(Session session, NamespaceId namespace) throws SQLException {
    if (!contains(session, namespace)) {
      throw missing(namespace);
    }
  }

  /** What is thrown if a namespace is not live. */
  public static NotFoundException missing(NamespaceId namespace) {
    return new NotFoundException("namespace", namespace.toString());
  }
}
