package io.odin.persistence.mysql;

import io.odin.persistence.sql.connection.MigrationLock;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Liquibase's table of changes, with a primary key. Liquibase creates it without one, which a
 * server with {@code sql_require_primary_key} refuses, and into which none of a group of servers
 * can insert. Where the table exists Liquibase takes it as it is.
 */
final class MySqlChangelogTable {

  private static final String CREATE =
      """
      CREATE TABLE IF NOT EXISTS DATABASECHANGELOG (
          ID             varchar(255)  NOT NULL,
          AUTHOR         varchar(255)  NOT NULL,
          FILENAME       varchar(255)  NOT NULL,
          DATEEXECUTED   datetime      NOT NULL,
          ORDEREXECUTED  int           NOT NULL,
          EXECTYPE       varchar(10)   NOT NULL,
          MD5SUM         varchar(35),
          DESCRIPTION    varchar(255),
          COMMENTS       varchar(255),
          TAG            varchar(255),
          LIQUIBASE      varchar(20),
          CONTEXTS       varchar(255),
          LABELS         varchar(255),
          DEPLOYMENT_ID  varchar(10),
          PRIMARY KEY (ID, AUTHOR, FILENAME)
      ) ENGINE = InnoDB ROW_FORMAT = DYNAMIC DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_0900_bin\
      """;

  private static final String KEY =
      """
      SELECT INDEX_NAME FROM information_schema.STATISTICS
       WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME = 'DATABASECHANGELOG' AND INDEX_NAME = 'PRIMARY'\
      """;

  private MySqlChangelogTable() {}

  /** Creates the table, or adds the key to one that Liquibase has created. */
  static void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(CREATE);
      if (MigrationLock.ask(connection, KEY).isEmpty()) {
        statement.execute("ALTER TABLE DATABASECHANGELOG ADD PRIMARY KEY (ID, AUTHOR, FILENAME)");
      }
    }
  }
}
