package io.odin.persistence.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.sql.database.Failure;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

class MySqlErrorsTest {

  @Test
  void classify_tellsByTheNumberOfTheServer() {
    assertThat(failure("40001", 1213)).isEqualTo(Failure.DEADLOCK);
    assertThat(failure("HY000", 1205)).isEqualTo(Failure.LOCK_TIMEOUT);
    assertThat(failure("HY000", 3572)).isEqualTo(Failure.LOCK_TIMEOUT);
    assertThat(failure("HY000", 3024)).isEqualTo(Failure.STATEMENT_TIMEOUT);
    assertThat(failure("HY000", 1290)).isEqualTo(Failure.READ_ONLY);
    assertThat(failure("25006", 1792)).isEqualTo(Failure.READ_ONLY);
    assertThat(failure("HY000", 1836)).isEqualTo(Failure.READ_ONLY);
    assertThat(failure("08004", 1040)).isEqualTo(Failure.CONNECTION_REFUSED);
    assertThat(failure("42000", 1226)).isEqualTo(Failure.CONNECTION_REFUSED);
    assertThat(failure("28000", 1045)).isEqualTo(Failure.LOGIN_REFUSED);
    assertThat(failure("42000", 1049)).isEqualTo(Failure.DATABASE_MISSING);
    assertThat(failure("HY000", 1114)).isEqualTo(Failure.RESOURCES);
  }

  @Test
  void classify_ofAnythingElse_isNoReasonToTryAgain() {
    assertThat(failure("23000", 1062)).isEqualTo(Failure.OTHER);
    assertThat(failure("42000", 1142)).isEqualTo(Failure.OTHER);
    assertThat(failure("42000", 1305)).isEqualTo(Failure.OTHER);
    assertThat(MySqlErrors.classify(new SQLException("of no state"))).isEqualTo(Failure.OTHER);
  }

  @Test
  void classify_ofTheDriversOwn_tellsWhetherAnythingWasSent() {
    assertThat(failure("08S01", 0)).isEqualTo(Failure.CONNECTION_LOST);
    assertThat(failure("08003", 0)).isEqualTo(Failure.CONNECTION_LOST);
    assertThat(failure("08001", 0)).isEqualTo(Failure.CONNECTION_REFUSED);
  }

  private static Failure failure(String state, int number) {
    return MySqlErrors.classify(new SQLException("the server says no", state, number));
  }
}
