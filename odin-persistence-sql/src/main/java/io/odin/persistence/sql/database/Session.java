package io.odin.persistence.sql.database;

import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A connection that one operation uses: begins and ends the operation as {@link Database} says and
 * as the dialect answers, and sends its statements. Not thread-safe.
 */
public final class Session implements AutoCloseable {

  private final Connection connection;
  private final Dialect dialect;
  private final LastResponses responses;
  private final Duration roundTrip;
  private final long pageBytes;
  private final Duration searchTimeout;
  private final JdbcStatements statements;
  private ExceptionTranslator.Phase phase = ExceptionTranslator.Phase.BEFORE_COMMIT;
  // Begun with the first statement: a pipeline may send the beginning along.
  private boolean wantsTransaction;
  private boolean transaction;
  private boolean rollbackOnly;

  /**
   * Takes a connection outside a transaction, in whatever mode it was used last.
   *
   * @param responses records the end of the operation
   * @param roundTrip how long one takes, or zero
   * @param pageBytes see {@link #pageBytes()}
   * @param searchTimeout how long a search may take
   */
  Session(
      Connection connection,
      Dialect dialect,
      LastResponses responses,
      Duration roundTrip,
      long pageBytes,
      Duration searchTimeout) {
    this.connection = connection;
    this.dialect = dialect;
    this.responses = responses;
    this.roundTrip = roundTrip;
    this.pageBytes = pageBytes;
    this.searchTimeout = searchTimeout;
    statements = new JdbcStatements(connection, dialect.values());
  }

  /** Makes ready for reading, each statement for itself. */
  void beginReading() throws SQLException {
    begin(StatementMode.AUTOCOMMIT);
  }

  /**
   * Answers for what was written before: takes back what this transaction has written, and lets its
   * end wait for the same replicas as that of a transaction that writes.
   */
  public void confirm() throws SQLException {
    if (transaction) {
      connection.rollback();
    }
    rollbackOnly = false;
    run(dialect.confirmation());
  }

  /** Makes ready for one statement that writes. */
  void beginStatement() throws SQLException {
    begin(dialect.writeMode(connection, responses.since(connection)));
    if (!transaction) {
      phase = ExceptionTranslator.Phase.AUTOCOMMIT;
    }
  }

  /** Makes one transaction of all that follows; it ends with the operation. */
  void beginTransaction() {
    wantsTransaction = true;
  }

  /** Makes ready for a statement of the transaction that was asked for, if there was one. */
  private void ready() throws SQLException {
    if (wantsTransaction) {
      wantsTransaction = false;
      begin(StatementMode.TRANSACTION);
    }
  }

  private void begin(StatementMode mode) throws SQLException {
    dialect.setMode(connection, mode);
    transaction = mode == StatementMode.TRANSACTION;
  }

  /** Ends the transaction without applying it, although the operation succeeds. */
  public void rollbackOnly() {
    rollbackOnly = true;
  }

  /** Ends an operation that has succeeded, and its transaction if there is one. */
  void end() throws SQLException {
    if (transaction && !rollbackOnly) {
      phase = ExceptionTranslator.Phase.COMMITTING;
      connection.commit();
      transaction = false;
      dialect.requireDurable(connection);
    }
    responses.responded(connection);
  }

  /** Takes back all of a transaction that has not been committed, if there is one. */
  @Override
  public void close() throws SQLException {
    if (transaction) {
      try {
        connection.rollback();
      } catch (SQLException e) {
        // No later operation may get the connection and commit what this one has begun.
        connection.abort(Runnable::run);
        throw e;
      }
    }
  }

  /** How many bytes the payloads of one page may have. */
  public long pageBytes() {
    return pageBytes;
  }

  /** What a failure of the driver means at this moment. */
  ExceptionTranslator.Phase phase() {
    return phase;
  }

  /** The rows of a query, in its order. */
  public <T> List<T> query(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    ready();
    return statements.query(sql, binds, mapper);
  }

  /** The first row of a query; empty if there is none. */
  public <T> Optional<T> first(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    return query(sql, binds, mapper).stream().findFirst();
  }

  /** As {@link #query}, with the freedom that {@link Pipeline#search} gives to the planner. */
  public <T> List<T> search(Sql sql, Binds binds, Row.Mapper<T> mapper) throws SQLException {
    List<T> rows = new ArrayList<>();
    search(Step.query(sql, binds, row -> rows.add(mapper.map(row))));
    return rows;
  }

  /** As {@link #search(Sql, Binds, Row.Mapper)}. */
  Step.Result search(Step query) throws SQLException {
    ready();
    return dialect.pipeline().search(connection, query, searchTimeout);
  }

  /** Reads with all steps, and with what follows in this transaction, at the same moment. */
  public List<Step.Result> snapshot(List<Step> reads) throws SQLException {
    // It has written nothing; ended so, a lost reply to its end puts nothing in doubt.
    rollbackOnly = true;
    List<Step> steps = new ArrayList<>();
    steps.add(dialect.beginSnapshot());
    steps.addAll(reads);
    List<Step.Result> results = run(steps);
    return results.subList(1, results.size());
  }

  /** Changes rows and says how many. */
  public int update(Sql sql, Binds binds) throws SQLException {
    ready();
    return statements.update(sql, binds);
  }

  /** Sends one statement with several sets of values; as many counts of changed rows come back. */
  public int[] batch(Sql sql, List<Binds> all) throws SQLException {
    ready();
    return statements.batch(sql, all);
  }

  /**
   * Sends steps in order, in as few round trips as possible. A step with more rows than a statement
   * takes is sent in parts, which are one only within a transaction.
   */
  public List<Step.Result> run(List<Step> steps) throws SQLException {
    List<Step.Result> results = new ArrayList<>(steps.size());
    List<Step> together = new ArrayList<>();
    for (Step step : steps) {
      List<Step> parts = step.parts();
      if (parts.size() == 1) {
        together.add(step);
      } else {
        results.addAll(runTogether(together));
        together.clear();
        results.add(runParts(parts));
      }
    }
    results.addAll(runTogether(together));
    return results;
  }

  /**
   * Sends the only steps of a transaction together with its end, where one round trip can do so.
   *
   * @return whether the transaction was applied; if not, it has written nothing, and goes on
   */
  public boolean commit(List<ExpectedStep> steps) throws SQLException {
    phase = ExceptionTranslator.Phase.COMMITTING;
    wantsTransaction = false;
    transaction = true;
    boolean applied = dialect.pipeline().commit(connection, steps, roundTrip);
    transaction = false;
    if (!applied) {
      phase = ExceptionTranslator.Phase.BEFORE_COMMIT;
      wantsTransaction = true;
    }
    return applied;
  }

  private List<Step.Result> runTogether(List<Step> steps) throws SQLException {
    if (steps.isEmpty()) {
      return List.of();
    }
    ready();
    return dialect.pipeline().run(connection, steps, roundTrip);
  }

  /** One after the other, so that their texts are not in memory at once. */
  private Step.Result runParts(List<Step> parts) throws SQLException {
    ready();
    List<Step.Result> results = new ArrayList<>(parts.size());
    for (Step part : parts) {
      results.add(statements.run(part));
    }
    return Step.Result.of(results);
  }

  /** Sends a write; the results are those of its first steps. */
  List<Step.Result> write(Write write) throws SQLException {
    List<Step.Result> results = run(write.steps());
    if (phase == ExceptionTranslator.Phase.AUTOCOMMIT && results.getFirst().count() > 0) {
      phase = ExceptionTranslator.Phase.APPLIED;
    }
    Write.Next next = write.next();
    List<Step> rest = next == null ? List.of() : next.steps(results);
    if (!rest.isEmpty()) {
      run(rest);
    }
    return results;
  }

  /** The privileges that the account lacks for these statements, human-readable. */
  public List<String> missingPrivileges(List<Sql> all) throws SQLException {
    return dialect.missingPrivileges(connection, all);
  }

  /** Sends one step. */
  public Step.Result run(Step step) throws SQLException {
    return runParts(step.parts());
  }
}
