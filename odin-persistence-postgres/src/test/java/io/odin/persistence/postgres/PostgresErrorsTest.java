package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.sql.database.FailureKind;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.sql.SQLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PostgresErrorsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "40P01 | ERROR: deadlock detected                               | DEADLOCK",
        "40001 | ERROR: could not serialize access                      | SERIALIZATION",
        "72000 | ERROR: snapshot too old                                | SERIALIZATION",
        "55P03 | ERROR: canceling statement due to lock timeout         | LOCK_TIMEOUT",
        "57014 | ERROR: canceling statement due to statement timeout    | STATEMENT_TIMEOUT",
        "25006 | ERROR: cannot execute UPDATE in a read-only transaction| READ_ONLY",
        // The server has ended the session.
        "57P01 | FATAL: terminating connection                          | CONNECTION_REFUSED",
        "25P03 | FATAL: terminating connection due to idle-in-transaction timeout"
            + "                                                         | CONNECTION_REFUSED",
        "25P04 | FATAL: terminating connection due to transaction timeout | CONNECTION_REFUSED",
        "57P04 | FATAL: the database was dropped                        | CONNECTION_REFUSED",
        "53300 | FATAL: sorry, too many clients already                 | CONNECTION_REFUSED",
        // What time does not mend.
        "08004 | The server requested SCRAM-based authentication, but no password was provided."
            + "                                                         | LOGIN_REFUSED",
        "08004 | The server does not support SSL.                       | MISCONFIGURED",
        "08001 | Invalid sslmode value: requier                         | MISCONFIGURED",
        "22023 | connectTimeout parameter value must be an integer but was: x | MISCONFIGURED",
        "22023 | FATAL: invalid value for parameter TimeZone            | MISCONFIGURED",
        "22023 | ERROR: step size cannot equal zero                     | OTHER",
        "42P05 | ERROR: prepared statement S_1 already exists           | MISCONFIGURED",
        "08P01 | FATAL: unsupported startup parameter: x                | MISCONFIGURED",
        "28P01 | FATAL: password authentication failed                  | LOGIN_REFUSED",
        "28000 | FATAL: no pg_hba.conf entry                            | LOGIN_REFUSED",
        "3D000 | FATAL: database does not exist                         | DATABASE_MISSING",
        // Plans, in any language of the server.
        "0A000 | ERROR: cached plan must not change result type         | STALE_PLAN",
        "0A000 | FEHLER: gespeicherter Plan darf den Ergebnistyp nicht ändern | STALE_PLAN",
        "0A000 | ERROR: cannot use serializable mode in a hot standby   | OTHER",
        "26000 | ERROR: prepared statement S_3 does not exist           | STALE_PLAN",
        "08006 | An I/O error occurred while sending to the backend.    | CONNECTION_LOST",
        "53100 | ERROR: could not extend file                           | RESOURCES",
        "42501 | ERROR: permission denied                               | OTHER"
      })
  void classify_distinguishesWhatTimeMends(String state, String message, FailureKind kind) {
    assertThat(PostgresErrors.classify(new SQLException(message, state))).isEqualTo(kind);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "42P05 | ERROR: prepared statement S_1 already exists | use its session mode",
        "26000 | ERROR: prepared statement S_3 does not exist | use its session mode",
        "08P01 | FATAL: unsupported startup parameter: x      | ignore_startup_parameters"
      })
  void advice_aboutAPooler_saysWhatToChange(String state, String message, String advice) {
    assertThat(PostgresErrors.advice(new SQLException(message, state)).orElseThrow())
        .contains(advice);
  }

  @Test
  void classify_ofAFailureToConnect_goesByItsCause() {
    assertThat(
            PostgresErrors.classify(
                new SQLException("refused", "08001", new ConnectException("refused"))))
        .isEqualTo(FailureKind.CONNECTION_REFUSED);
    assertThat(
            PostgresErrors.classify(
                new SQLException(
                    "SSL error",
                    "08006",
                    new SSLHandshakeException("no").initCause(new CertificateException("other")))))
        .isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(PostgresErrors.classify(new SQLException("of no state")))
        .isEqualTo(FailureKind.OTHER);
  }
}
