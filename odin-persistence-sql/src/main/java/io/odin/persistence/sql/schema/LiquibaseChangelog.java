package io.odin.persistence.sql.schema;

import io.odin.persistence.sql.database.Dialect;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.Scope;
import liquibase.UpdateSummaryEnum;
import liquibase.analytics.configuration.AnalyticsArgs;
import liquibase.change.Change;
import liquibase.changelog.ChangeSet;
import liquibase.database.jvm.JdbcConnection;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.statement.SqlStatement;
import liquibase.ui.LoggerUIService;

/**
 * The changelog of a backend, run by Liquibase. An application that leaves Liquibase out gets a
 * {@link LinkageError} from the first use of this class, so only what migrates or needs the list of
 * changes uses it. Immutable and thread-safe.
 */
final class LiquibaseChangelog {

  private final Dialect dialect;

  LiquibaseChangelog(Dialect dialect) {
    this.dialect = dialect;
  }

  @FunctionalInterface
  private interface Work<T> {
    T run(Liquibase liquibase) throws Exception;
  }

  /** The names of the changes that the database does not have, in order. */
  List<String> pending(Connection connection) throws Exception {
    return with(
        connection, liquibase -> pending(liquibase).stream().map(ChangeSet::getId).toList());
  }

  /** Applies the changes that the database does not have. */
  void update(Connection connection) throws Exception {
    with(
        connection,
        liquibase -> {
          // The dialect's lock admits one migrating process: a lock row of Liquibase that is held
          // now belongs to a process that was killed.
          LockService lock =
              LockServiceFactory.getInstance().getLockService(liquibase.getDatabase());
          if (lock.listLocks().length > 0) {
            lock.forceReleaseLock();
          }
          // By default the summary is printed on standard output.
          liquibase.setShowSummary(UpdateSummaryEnum.OFF);
          liquibase.update(new Contexts(), new LabelExpression());
          return liquibase;
        });
  }

  /** The SQL of the changes that the database does not have; empty if there are none. */
  String sql(Connection connection) throws Exception {
    return with(
        connection,
        liquibase -> {
          StringBuilder sql = new StringBuilder();
          for (ChangeSet change : pending(liquibase)) {
            sql.append("\n-- ").append(change.getId()).append("\n\n");
            for (Change part : change.getChanges()) {
              for (SqlStatement statement : part.generateStatements(liquibase.getDatabase())) {
                sql.append(statement).append(";\n");
              }
            }
          }
          return sql.toString();
        });
  }

  /** Liquibase would create its tables only to find them empty: it is asked where they exist. */
  private static List<ChangeSet> pending(Liquibase liquibase) throws Exception {
    Connection connection =
        ((JdbcConnection) liquibase.getDatabase().getConnection()).getUnderlyingConnection();
    return hasTables(connection)
        ? liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression())
        : liquibase.getDatabaseChangeLog().getChangeSets();
  }

  /** Liquibase writes the name in capitals; some databases keep it so, others in small letters. */
  private static boolean hasTables(Connection connection) throws SQLException {
    return SchemaVersion.hasTable(connection, "DATABASECHANGELOG")
        || SchemaVersion.hasTable(connection, "databasechangelog");
  }

  private <T> T with(Connection connection, Work<T> work) throws Exception {
    LiquibaseFiles files = new LiquibaseFiles(dialect.getClass());
    return Scope.child(
        Map.of(
            // By default Liquibase reports to the console.
            Scope.Attr.ui.name(),
            new LoggerUIService(),
            Scope.Attr.logService.name(),
            new LiquibaseLog(),
            Scope.Attr.resourceAccessor.name(),
            files,
            // By default Liquibase reports its use to its makers over the network.
            AnalyticsArgs.ENABLED.getKey(),
            false),
        // Not closed: that would close the connection, which is the caller's, and nothing else.
        () -> work.run(new Liquibase(dialect.changelog(), files, new JdbcConnection(connection))));
  }
}
