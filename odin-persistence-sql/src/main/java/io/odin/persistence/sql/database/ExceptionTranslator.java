package io.odin.persistence.sql.database;

import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.error.OutcomeUnknownException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.error.UnavailableException.Reason;
import io.odin.persistence.sql.connection.CallerCredentials.CredentialsException;
import io.odin.persistence.sql.connection.TlsFailure;
import java.sql.SQLException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Translates a failure of the driver to the exception that reports its effect on the operation. */
public final class ExceptionTranslator {

  private ExceptionTranslator() {}

  /** When the driver failed, which decides whether the operation may have happened. */
  public enum Phase {
    /** Reading, or writing before the commit: nothing stays. */
    BEFORE_COMMIT,
    /** Running a statement that commits itself: if the connection broke, it may have. */
    AUTOCOMMIT,
    /** Reading what belongs to the answer, after a statement that has committed itself. */
    APPLIED,
    /** Committing: whatever happened to the connection, the server may have finished. */
    COMMITTING
  }

  /**
   * The exception for the caller.
   *
   * @param operation the name of the operation: "taskQueues.claim"
   * @param phase how far the operation had come
   */
  public static PersistenceException translate(
      String operation, Dialect dialect, Phase phase, SQLException cause) {
    if (phase == Phase.APPLIED) {
      return new OutcomeUnknownException(operation, null, cause);
    }
    if (cause instanceof CredentialsException) {
      return unavailable(Reason.CONNECTION, "cannot connect: " + firstLine(cause), cause);
    }
    FailureKind failure = dialect.classify(cause);
    return switch (failure) {
      case DEADLOCK -> unavailable(Reason.DEADLOCK, operation + " met a deadlock", cause);
      case SERIALIZATION ->
          unavailable(Reason.SERIALIZATION, operation + " met a serialization failure", cause);
      case LOCK_TIMEOUT ->
          unavailable(Reason.LOCK_TIMEOUT, operation + " was not granted a lock in time", cause);
      case STATEMENT_TIMEOUT ->
          unavailable(Reason.STATEMENT_TIMEOUT, operation + " took too long", cause);
      case READ_ONLY ->
          unavailable(
              Reason.READ_ONLY,
              "the server takes no writes: it is a replica, or an operator has switched it, the"
                  + " database or the account to read-only ("
                  + firstLine(cause)
                  + ")",
              cause);
      case RESOURCES ->
          unavailable(
              Reason.RESOURCES, "the server is out of resources: " + firstLine(cause), cause);
      case CONNECTION_REFUSED, CONNECTION_LOST ->
          phase == Phase.COMMITTING
                  || (phase == Phase.AUTOCOMMIT && failure == FailureKind.CONNECTION_LOST)
              ? new OutcomeUnknownException(operation, null, cause)
              : unavailable(
                  Reason.CONNECTION,
                  "the database cannot be reached: " + advised(dialect, cause),
                  cause);
      case LOGIN_REFUSED ->
          new BackendFailureException(
              ofClass("28", cause), "the server refused the login: " + firstLine(cause), cause);
      case DATABASE_MISSING ->
          new BackendFailureException(
              ofClass("3D", cause), "there is no such database: " + firstLine(cause), cause);
      case MISCONFIGURED ->
          new BackendFailureException(
              sqlState(cause),
              "the database cannot be connected to like this: "
                  + (dialect.advice(cause).isPresent() ? advised(dialect, cause) : advice(cause)),
              cause);
      case STALE_PLAN ->
          unavailable(
              Reason.SERIALIZATION,
              operation + " met a plan that is not valid any more: " + advised(dialect, cause),
              cause);
      case OTHER ->
          new BackendFailureException(
              sqlState(cause), operation + " failed: " + advised(dialect, cause), cause);
    };
  }

  /** Of a failed handshake the driver says the least, and its causes the most. */
  private static String advice(SQLException exception) {
    return TlsFailure.reason(exception)
        .map(
            reason ->
                oneLine(reason)
                    + ": correct sslmode (MySQL: sslMode) and the certificates in the URL, or the"
                    + " server's certificate")
        .orElseGet(
            () ->
                firstLine(exception).replaceFirst("\\.$", "")
                    + ": correct the URL and its parameters, or the server");
  }

  /** What the driver says, and what to do if the dialect knows it. */
  private static String advised(Dialect dialect, SQLException exception) {
    String message = firstLine(exception);
    return dialect
        .advice(exception)
        .map(advice -> message.replaceFirst("\\.$", "") + ": " + advice)
        .orElse(message);
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", " ").replaceFirst("\\.$", "");
  }

  private static UnavailableException unavailable(
      Reason reason, String message, SQLException cause) {
    return new UnavailableException(reason, message, cause);
  }

  private static String sqlState(SQLException exception) {
    return Objects.requireNonNullElse(exception.getSQLState(), "");
  }

  /** The SQLSTATE, or the standard's where the server has the same one for many failures. */
  private static String ofClass(String standard, SQLException exception) {
    String sqlState = sqlState(exception);
    return sqlState.startsWith(standard) ? sqlState : standard + "000";
  }

  /** The message without the detail lines, in which servers quote row values. */
  private static String firstLine(SQLException exception) {
    @Nullable String message = exception.getMessage();
    return message == null
        ? exception.getClass().getSimpleName()
        : message.lines().findFirst().orElse("");
  }
}
