package io.odin.persistence.postgres.schema;

import io.odin.persistence.postgres.PostgresProvider;
import io.odin.persistence.postgres.PostgresTckDatabase;
import io.odin.persistence.postgres.TestPostgres;
import io.odin.persistence.sql.tests.TableClasses;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class TablesTest extends TableClasses {

  private static final PostgresTckDatabase DATABASE = TestPostgres.V18.database();

  @BeforeAll
  static void migrate() {
    new PostgresProvider().schema(DATABASE.config()).migrate();
  }

  @AfterAll
  static void removeDatabase() {
    DATABASE.close();
  }

  @Override
  protected Connection connect() throws SQLException {
    return DATABASE.connect();
  }
}
