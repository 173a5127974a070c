package io.odin.persistence.sql.execution;

import static io.odin.persistence.sql.run.WorkflowCommitsTable.COMMITTED_AT;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.COMMIT_ID;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.CONTENT_HASH;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.SHARD_ID;
import static io.odin.persistence.sql.run.WorkflowCommitsTable.WORKFLOW_COMMITS;
import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Renderer.limit;
import static io.odin.persistence.sql.statement.Renderer.matches;
import static io.odin.persistence.sql.statement.Renderer.param;
import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;

import io.odin.persistence.sql.database.Statements;
import io.odin.persistence.sql.statement.DatabaseClock;
import io.odin.persistence.sql.statement.RowShape;
import io.odin.persistence.sql.statement.Sql;
import org.jooq.impl.DSL;

/** The statements over the commits that were applied. */
final class CommitSql {

  final Sql insert;
  final Sql find;
  final Sql old;
  final Sql delete;

  CommitSql(Statements statements) {
    insert =
        statements.insertNew(
            "commits.insert",
            RowShape.into(WORKFLOW_COMMITS)
                .key(NAMESPACE_ID, COMMIT_ID)
                .shared(NAMESPACE_ID, COMMIT_ID, CONTENT_HASH, SHARD_ID)
                .build());
    find =
        statements.query(
            "commits.find",
            DSL.select(CONTENT_HASH)
                .from(WORKFLOW_COMMITS)
                .where(matches(NAMESPACE_ID, COMMIT_ID)));
    old =
        statements.query(
            "commits.old",
            DSL.select(NAMESPACE_ID, COMMIT_ID)
                .from(WORKFLOW_COMMITS)
                .where(COMMITTED_AT.lt(DatabaseClock.before(param(AGE))))
                .limit(limit()));
    delete =
        statements.query(
            "commits.delete",
            DSL.deleteFrom(WORKFLOW_COMMITS).where(matches(NAMESPACE_ID, COMMIT_ID)));
  }
}
