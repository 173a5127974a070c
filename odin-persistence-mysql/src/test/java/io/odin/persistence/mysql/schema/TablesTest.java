package io.odin.persistence.mysql.schema;

import io.odin.persistence.mysql.MySqlProvider;
import io.odin.persistence.mysql.MySqlTckDatabase;
import io.odin.persistence.mysql.TestMySql;
import io.odin.persistence.sql.tests.TableClasses;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

class TablesTest extends TableClasses {

  private static final MySqlTckDatabase DATABASE = TestMySql.database();

  @BeforeAll
  static void migrate() {
    new MySqlProvider().schema(DATABASE.config()).migrate();
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
