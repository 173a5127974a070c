package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.sql.database.FailureKind;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MySqlErrorsTest {

  @Test
  void classify_usesTheErrorNumberOfTheServer() {
    assertThat(failure("40001", 1213)).isEqualTo(FailureKind.DEADLOCK);
    assertThat(failure("HY000", 1205)).isEqualTo(FailureKind.LOCK_TIMEOUT);
    assertThat(failure("HY000", 3572)).isEqualTo(FailureKind.LOCK_TIMEOUT);
    assertThat(failure("HY000", 3024)).isEqualTo(FailureKind.STATEMENT_TIMEOUT);
    assertThat(failure("HY000", 1290)).isEqualTo(FailureKind.READ_ONLY);
    assertThat(failure("25006", 1792)).isEqualTo(FailureKind.READ_ONLY);
    assertThat(failure("HY000", 1836)).isEqualTo(FailureKind.READ_ONLY);
    assertThat(failure("08004", 1040)).isEqualTo(FailureKind.CONNECTION_REFUSED);
    assertThat(failure("42000", 1226)).isEqualTo(FailureKind.CONNECTION_REFUSED);
    assertThat(failure("28000", 1045)).isEqualTo(FailureKind.LOGIN_REFUSED);
    assertThat(failure("42000", 1049)).isEqualTo(FailureKind.DATABASE_MISSING);
    assertThat(failure("HY000", 1114)).isEqualTo(FailureKind.RESOURCES);
    assertThat(failure("HY000", 1615)).isEqualTo(FailureKind.STALE_PLAN);
    assertThat(failure("HY000", 1412)).isEqualTo(FailureKind.STALE_PLAN);
    assertThat(failure("HY000", 1243)).isEqualTo(FailureKind.STALE_PLAN);
    assertThat(failure("HY000", 3159)).isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(failure("08004", 1251)).isEqualTo(FailureKind.MISCONFIGURED);
    assertThat(failure("08S01", 1153)).isEqualTo(FailureKind.OTHER);
  }

  /** Where it leaves its group, the others may have what it rolls back. */
  @Test
  void classify_ofAMemberOfAGroup_distinguishesWhatTheOthersMayHave() {
    assertThat(failure("HY000", 3100)).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(failure("40000", 3101)).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(failure("HY000", 6400)).isEqualTo(FailureKind.CONNECTION_REFUSED);
    assertThat(failure("HY000", 3797)).isEqualTo(FailureKind.READ_ONLY);
    assertThat(failure("HY000", 3799)).isEqualTo(FailureKind.READ_ONLY);
  }

  @Test
  void classify_ofAnythingElse_isNoReasonToTryAgain() {
    assertThat(failure("23000", 1062)).isEqualTo(FailureKind.OTHER);
    assertThat(failure("42000", 1142)).isEqualTo(FailureKind.OTHER);
    assertThat(failure("42000", 1305)).isEqualTo(FailureKind.OTHER);
    assertThat(MySqlErrors.classify(new SQLException("of no state"))).isEqualTo(FailureKind.OTHER);
  }

  @Test
  void classify_ofTheDriversOwn_distinguishesWhetherAnythingWasSent() {
    assertThat(failure("08S01", 0)).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(failure("08003", 0)).isEqualTo(FailureKind.CONNECTION_LOST);
    assertThat(failure("08001", 0)).isEqualTo(FailureKind.CONNECTION_REFUSED);
  }

  private static FailureKind failure(String state, int number) {
    return MySqlErrors.classify(new SQLException("the server says no", state, number));
  }
}
