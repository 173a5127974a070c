package io.odin.persistence.mysql;

import static java.util.Map.entry;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.error.BackendFailureException;
import io.odin.persistence.sql.connection.Connector;
import io.odin.persistence.sql.connection.JdbcUrl;
import io.odin.persistence.sql.connection.PrimaryCheck;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** How to get to servers of MySQL. Immutable and thread-safe. */
final class MySqlConnector implements Connector {

  static final Map<String, String> PROPERTIES =
      Map.ofEntries(
          // An update that changes no value counts no row. This distinguishes a row that was
          // inserted from one that existed.
          entry("useAffectedRows", "true"),
          entry("rewriteBatchedStatements", "true"),
          entry("useServerPrepStmts", "true"),
          entry("cachePrepStmts", "true"),
          entry("prepStmtCacheSize", "500"),
          entry("prepStmtCacheSqlLimit", "16384"),
          // Nothing but this library changes its sessions: the driver need not ask the server.
          entry("useLocalSessionState", "true"),
          // But not whether there is a transaction: after an error the driver would know none, and
          // its rollback would send nothing.
          entry("useLocalTransactionState", "false"),
          entry("connectionTimeZone", "UTC"),
          entry("forceConnectionTimeZoneToSession", "true"),
          // What the driver does anyway, so that no URL can cut texts or times.
          entry("characterEncoding", "UTF-8"),
          entry("sendFractionalSeconds", "true"),
          entry("connectionAttributes", "program_name:odin"));

  /** With which the driver chooses hosts, or connects again under the stores. */
  private static final Set<String> OF_THE_DRIVERS_HOSTS =
      Set.of(
          "autoReconnect",
          "autoReconnectForPools",
          "reconnectAtTxEnd",
          "failOverReadOnly",
          "initialTimeout",
          "maxReconnects",
          "retriesAllDown",
          "secondsBeforeRetrySource",
          "secondsBeforeRetryMaster",
          "queriesBeforeRetrySource",
          "queriesBeforeRetryMaster",
          "readFromSourceWhenNoReplicas",
          "readFromMasterWhenNoSlaves",
          "allowSourceDownConnections",
          "allowMasterDownConnections",
          "allowReplicaDownConnections",
          "allowSlaveDownConnections",
          "replicationConnectionGroup",
          "roundRobinLoadBalance",
          "serverAffinityOrder",
          "dnsSrv");

  /**
   * The server sorts whole rows, with their documents, and fails if some do not fit at once. It
   * takes no more of this than it needs.
   */
  private static final int SORT_BUFFER_BYTES = 64 * 1024 * 1024;

  private static final String PREFIX = "jdbc:mysql:";
  private static final int READ_ONLY = 1290;

  @Override
  public String urlPrefix() {
    return PREFIX;
  }

  /** A form of URL with other hosts than a list of them does not get here: it is malformed. */
  @Override
  public void requireUrl(JdbcUrl url) {
    Set<String> fixed = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    fixed.addAll(PROPERTIES.keySet());
    fixed.addAll(MySqlPipeline.PROPERTIES.keySet());
    Set<String> hosts = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
    hosts.addAll(OF_THE_DRIVERS_HOSTS);
    for (String name : url.parameters().keySet()) {
      if (fixed.contains(name)) {
        throw refusal(
            "the URL sets " + name + ", which the backend sets itself: take it out of the URL");
      }
      if (hosts.contains(name)
          || name.regionMatches(true, 0, "loadBalance", 0, 11)
          || name.regionMatches(true, 0, "ha.", 0, 3)) {
        throw refusal(
            "the URL sets "
                + name
                + ", and the backend chooses and connects to hosts itself: take it out, and name"
                + " all hosts, as in jdbc:mysql://host1:3306,host2:3306/database");
      }
    }
  }

  private static BackendFailureException refusal(String reason) {
    return new BackendFailureException("", reason, null);
  }

  @Override
  public Map<String, String> defaults(Duration login) {
    String milliseconds = Long.toString(login.toMillis());
    return Map.of(
        "tcpKeepAlive", "true", "connectTimeout", milliseconds, "socketTimeout", milliseconds);
  }

  /** The server plans each statement for its values anyway. */
  @Override
  public String querySettings(PersistenceConfig config) {
    return sessionSettings(config);
  }

  /**
   * READ COMMITTED, UTC, strict, the timeouts, and every other setting that decides about results
   * or time, so that none is inherited; whether writing is allowed is the operator's to say. Waits
   * for locks end after whole seconds, rounded up. A new primary of a group answers when it has
   * applied what the former one had committed; what an operator has set beyond that is left. The
   * statement timeout ends reads only: a write can be slow by waiting for locks, which has its own
   * limit, and by little else. Only MySQL runs what is in the comment, so that an older server, or
   * MariaDB, is refused for what it is and not for a setting that it lacks.
   */
  String sessionSettings(PersistenceConfig config) {
    return """
    SET SESSION time_zone = '+00:00',
        sql_mode = 'STRICT_TRANS_TABLES,ONLY_FULL_GROUP_BY,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO'
    /*!80019 , transaction_isolation = 'READ-COMMITTED',
        innodb_lock_wait_timeout = %1$d, lock_wait_timeout = %1$d, max_execution_time = %2$d,
        group_replication_consistency = IF(@@session.group_replication_consistency = 'EVENTUAL',
            'BEFORE_ON_PRIMARY_FAILOVER', @@session.group_replication_consistency),
        autocommit = ON, completion_type = 'NO_CHAIN', sql_safe_updates = OFF, sql_auto_is_null = OFF,
        sql_select_limit = 18446744073709551615, max_join_size = 18446744073709551615, sql_big_selects = ON,
        foreign_key_checks = ON, unique_checks = ON, sql_buffer_result = OFF,
        group_concat_max_len = 1048576, div_precision_increment = 4, default_week_format = 0,
        cte_max_recursion_depth = 1000, windowing_use_high_precision = ON, default_storage_engine = 'InnoDB',
        optimizer_switch = 'index_merge=on,index_merge_union=on,index_merge_sort_union=on,index_merge_intersection=off,index_condition_pushdown=on,mrr=on,mrr_cost_based=on,block_nested_loop=on,batched_key_access=off,materialization=on,semijoin=on,loosescan=on,firstmatch=on,duplicateweedout=on,subquery_materialization_cost_based=on,use_index_extensions=on,condition_fanout_filter=on,derived_merge=on,use_invisible_indexes=off,skip_scan=on,hash_join=on',
        sort_buffer_size = %3$d, optimizer_search_depth = 62, optimizer_prune_level = 1,
        eq_range_index_dive_limit = 200, range_optimizer_max_mem_size = 8388608 */\
    """
        .formatted(
            seconds(config.lockTimeout()), config.statementTimeout().toMillis(), SORT_BUFFER_BYTES);
  }

  private static long seconds(Duration timeout) {
    return Math.ceilDiv(timeout.toMillis(), 1000);
  }

  @Override
  public @Nullable Duration replyLimit(JdbcUrl url) {
    String milliseconds = url.parameters().get("socketTimeout");
    return milliseconds == null || !milliseconds.matches("\\d{1,9}")
        ? null
        : Duration.ofMillis(Long.parseLong(milliseconds));
  }

  @Override
  public PrimaryCheck primaryCheck(Connection connection, int hosts) throws SQLException {
    return hosts == 1 ? OnlyHost.INSTANCE : MySqlPrimaryCheck.of(connection);
  }

  /** It is taken as it is, as one address that leads to the primary is. */
  private enum OnlyHost implements PrimaryCheck {
    INSTANCE;

    @Override
    public boolean isPrimary(Connection connection) {
      return true;
    }

    @Override
    public boolean isStillPrimary(Connection connection, Duration unasked) {
      return true;
    }
  }

  /** Not asked: what poolers of MySQL do is not known here. */
  @Override
  public boolean keepsSessions(DataSource plain) {
    return true;
  }

  @Override
  public SQLException noPrimary() {
    return new SQLException("no host of the URL takes writes", "HY000", READ_ONLY);
  }
}
