package io.odin.persistence.mysql;

import io.odin.persistence.sql.connection.PrimaryCheck;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Whether a server takes writes. It can be made a replica, or another one the primary of its group,
 * under its sessions.
 *
 * @param server its own identity
 * @param isInGroup whether it is configured to be a member of a group (Group Replication)
 * @param consistency what its sessions have as {@code group_replication_consistency}
 */
record MySqlPrimaryCheck(String server, boolean isInGroup, String consistency)
    implements PrimaryCheck {

  private static final String IDENTITY =
      """
      SELECT @@global.server_uuid,
             (SELECT COUNT(*) FROM performance_schema.global_variables
               WHERE VARIABLE_NAME = 'group_replication_group_name' AND VARIABLE_VALUE <> ''),
             @@session.group_replication_consistency\
      """;

  private static final String ALONE =
      """
      SELECT @@global.super_read_only + @@global.read_only + @@global.innodb_read_only = 0,
             @@global.server_uuid\
      """;

  /**
   * A member that was started again and has not joined its group yet takes writes that the others
   * do not get; one that has lost sight of the majority answers reads, while the others have a new
   * primary.
   */
  private static final String IN_GROUP =
      """
      SELECT @@global.super_read_only + @@global.read_only + @@global.innodb_read_only = 0
             AND COALESCE(SUM(MEMBER_ID = @@global.server_uuid AND MEMBER_STATE = 'ONLINE'
                              AND MEMBER_ROLE = 'PRIMARY'), 0) = 1
             AND 2 * SUM(MEMBER_STATE IN ('ONLINE', 'RECOVERING')) > COUNT(*),
             @@global.server_uuid
        FROM performance_schema.replication_group_members\
      """;

  /**
   * The others suspect a member that has been silent for five seconds. One that was stopped so long
   * and goes on does not know yet that it was expelled. A question and the one before it are within
   * that time together.
   */
  private static final Duration TRUSTED = Duration.ofSeconds(2);

  /** A group with a majority answers within milliseconds, and one without it does not answer. */
  private static final Duration LONGEST_AGREEMENT = Duration.ofSeconds(5);

  private static final int TABLE_DENIED = 1142;

  /** The check for the server of a session. */
  static MySqlPrimaryCheck of(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(IDENTITY)) {
      row.next();
      return new MySqlPrimaryCheck(row.getString(1), row.getInt(2) > 0, row.getString(3));
    }
  }

  @Override
  public boolean isPrimary(Connection connection) throws SQLException {
    return isStillPrimary(connection, ChronoUnit.FOREVER.getDuration());
  }

  @Override
  public boolean isStillPrimary(Connection connection, Duration unasked) throws SQLException {
    if (!regardsItselfAsPrimary(connection)) {
      return false;
    }
    if (isInGroup && unasked.compareTo(TRUSTED) > 0) {
      awaitGroup(connection);
    }
    return true;
  }

  private boolean regardsItselfAsPrimary(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(isInGroup ? IN_GROUP : ALONE)) {
      return row.next() && row.getBoolean(1) && row.getString(2).equals(server);
    } catch (SQLException e) {
      throw e.getErrorCode() == TABLE_DENIED ? denied(e) : e;
    }
  }

  /**
   * Has a transaction that does nothing wait for the agreement of the group, without which it does
   * not begin.
   */
  private void awaitGroup(Connection connection) throws SQLException {
    int usual = connection.getNetworkTimeout();
    connection.setNetworkTimeout(Runnable::run, Math.toIntExact(LONGEST_AGREEMENT.toMillis()));
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET SESSION group_replication_consistency = 'BEFORE'");
      statement.execute("COMMIT");
      statement.execute("SET SESSION group_replication_consistency = '" + consistency + "'");
    }
    connection.setNetworkTimeout(Runnable::run, usual);
  }

  private static SQLException denied(SQLException cause) {
    return new SQLException(
        "the server is a member of a group, and the account may not see which member is the"
            + " primary: SELECT on performance_schema.replication_group_members is denied",
        cause.getSQLState(),
        cause.getErrorCode(),
        cause);
  }
}
