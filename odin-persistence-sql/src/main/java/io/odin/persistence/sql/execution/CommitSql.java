package io.odin.persistence.sql.execution;

import static io.odin.persistence.sql.statement.Renderer.column;
import static io.odin.persistence.sql.statement.Renderer.columns;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.Renderer.table;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import org.jooq.Table;
import org.jooq.impl.DSL;

/** The statements over the commits that were applied. */
final class CommitSql {

  private static final Table<?> COMMITS = table("workflow_commits");

  final Sql insert;
  final Sql find;
  final Sql old;
  final Sql delete;

  CommitSql(Statements statements) {
    insert =
        statements.insertNew(
            "commits.insert",
            RowShape.into(COMMITS)
                .key("namespace_id", "commit_id")
                .shared("namespace_id", RowShape.Type.UUID)
                .shared("commit_id", RowShape.Type.UUID)
                .shared("content_hash", RowShape.Type.BYTES)
                .shared("shard_id", RowShape.Type.INTEGER)
                .build());
    find =
        statements.query(
            "commits.find",
            DSL.select(columns("content_hash"))
                .from(COMMITS)
                .where(matches("namespace_id", "commit_id")));
    old =
        statements.query(
            "commits.old",
            DSL.select(columns("namespace_id", "commit_id"))
                .from(COMMITS)
                .where(column("committed_at").lt(DatabaseClock.before(param("age_microseconds"))))
                .limit(limit()));
    delete =
        statements.query(
            "commits.delete", DSL.deleteFrom(COMMITS).where(matches("namespace_id", "commit_id")));
  }
}
