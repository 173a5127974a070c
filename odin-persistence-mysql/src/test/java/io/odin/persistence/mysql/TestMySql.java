package io.odin.persistence.mysql;

/** The MySQL server of the tests: the one that ODIN_TEST_MYSQL_URL names. Thread-safe. */
final class TestMySql {

  private static final String URL_VARIABLE = "ODIN_TEST_MYSQL_URL";

  private TestMySql() {}

  /** A new database that holds nothing. */
  static MySqlTckDatabase database() {
    return server().newDatabase();
  }

  /** The server. */
  static MySqlServer server() {
    return MySqlServer.at(System.getenv(URL_VARIABLE));
  }
}
