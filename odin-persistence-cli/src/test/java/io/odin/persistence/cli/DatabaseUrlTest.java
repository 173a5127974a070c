package io.odin.persistence.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseUrlTest {

  private static final Map<String, String> EVERYTHING =
      Map.of(
          "ODIN_USER", "odin-user",
          "ODIN_PASSWORD", "odin-password",
          "PGUSER", "pg-user",
          "PGPASSWORD", "pg-password");

  @ParameterizedTest
  @CsvSource({
    "jdbc:postgresql://h/db, jdbc:postgresql://h/db,,",
    "postgresql://h/db, jdbc:postgresql://h/db,,",
    "postgres://h:5433/db, jdbc:postgresql://h:5433/db,,",
    "postgresql://me@h/db, jdbc:postgresql://h/db, me,",
    "postgresql://me:secret@h:5432/db?sslmode=require,"
        + " jdbc:postgresql://h:5432/db?sslmode=require, me, secret",
    "postgresql://m%40e:se%2Fc+r:et%25@h1:1/db, jdbc:postgresql://h1:1/db, m@e, se/c+r:et%",
    "postgresql:///db, jdbc:postgresql:///db,,",
    "mysql://me:secret@h:3306/db, jdbc:mysql://h:3306/db, me, secret",
    "mysql://:secret@h/db, jdbc:mysql://h/db,, secret"
  })
  void aUrlBecomesOneOfJdbcAndAnAccount(String url, String jdbc, String user, String password) {
    assertThat(DatabaseUrl.of(url))
        .isEqualTo(new DatabaseUrl(jdbc, Optional.ofNullable(user), Optional.ofNullable(password)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://me:s3c/r3t@h/db",
        "postgresql://me:s3c?r3t@h/db",
        "postgresql://me:s3c#r3t@h/db",
        "postgresql://me:s3c@r3t@h/db",
        "postgresql://me:s3c r3t@h/db",
        "postgresql://h/db?user=me@s3cr3t",
        "postgresql://me:s3c%r3t@h/db"
      })
  void anAccountThatIsNotEncodedIsRefusedWithoutShowingIt(String url) {
    assertThatThrownBy(() -> DatabaseUrl.of(url))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("%2")
        .hasNoCause()
        .hasMessageNotContainingAny("s3c", "r3t");
  }

  @ParameterizedTest
  @CsvSource({
    "postgresql://h/db, odin-user, odin-password",
    "postgresql://me@h/db, me, odin-password",
    "postgresql://me:secret@h/db, me, secret",
    "jdbc:mysql://h/db, odin-user, odin-password",
    "jdbc:mysql://me:secret@h/db,, odin-password",
    "jdbc:mysql://h/db?user=me,, odin-password",
    "jdbc:postgresql://h/db?ssl=true&user=me,, odin-password"
  })
  void theUrlComesBeforeTheEnvironment(String url, String user, String password) {
    DatabaseUrl database = DatabaseUrl.of(url);

    assertThat(database.user(EVERYTHING)).isEqualTo(Optional.ofNullable(user));
    assertThat(database.password(EVERYTHING)).isEqualTo(password);
  }

  @Test
  void theVariablesOfPostgresAreOnlyForPostgres() {
    Map<String, String> postgres = Map.of("PGUSER", "pg-user", "PGPASSWORD", "pg-password");

    assertThat(DatabaseUrl.of("postgresql://h/db").user(postgres)).contains("pg-user");
    assertThat(DatabaseUrl.of("postgresql://h/db").password(postgres)).isEqualTo("pg-password");
    assertThat(DatabaseUrl.of("mysql://h/db").user(postgres)).isEmpty();
    assertThat(DatabaseUrl.of("mysql://h/db").password(postgres)).isEmpty();
  }

  @Test
  void aPasswordOfPostgresAloneIsThatOfTheSystemsUser() {
    assertThat(DatabaseUrl.of("postgresql://h/db").user(Map.of("PGPASSWORD", "x")))
        .contains(System.getProperty("user.name"));
    assertThat(DatabaseUrl.of("postgresql://h/db").user(Map.of("PGPASSWORD", " "))).isEmpty();
  }
}
