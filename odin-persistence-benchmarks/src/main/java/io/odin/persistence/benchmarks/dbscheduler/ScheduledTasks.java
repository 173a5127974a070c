package io.odin.persistence.benchmarks.dbscheduler;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.odin.persistence.benchmarks.harness.Database;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicLong;

/** The peer's one table, as its documentation has it, and the one kind of task in it. */
final class ScheduledTasks {

  /** What the peer is called in the table of results. */
  static final String PEER = "db-scheduler";

  private static final String TASK = "activity";

  private ScheduledTasks() {}

  /** Makes the table and its three indexes. */
  static void create(Database database) throws SQLException {
    database.execute(
        """
        CREATE TABLE scheduled_tasks (
            task_name             text         NOT NULL,
            task_instance         text         NOT NULL,
            task_data             bytea,
            execution_time        timestamptz,
            picked                boolean      NOT NULL,
            picked_by             text,
            last_success          timestamptz,
            last_failure          timestamptz,
            consecutive_failures  integer,
            last_heartbeat        timestamptz,
            version               bigint       NOT NULL,
            priority              smallint,
            state                 text,
            PRIMARY KEY (task_name, task_instance)
        )
        """,
        "CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)",
        "CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)",
        "CREATE INDEX priority_execution_time_idx"
            + " ON scheduled_tasks (priority DESC, execution_time)",
        "CREATE SEQUENCE filled");
  }

  /** Adds tasks that are due. */
  static void fill(Database database, long count) throws SQLException {
    database.execute(
        """
        INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
        SELECT '%s', 'filled-' || nextval('filled'), clock_timestamp(), false, 1
          FROM generate_series(1, %d)
        """
            .formatted(TASK, count));
  }

  /** How many tasks there are. */
  static String countQuery() {
    return "SELECT count(*) FROM scheduled_tasks";
  }

  /** The task; its handler only counts. */
  static OneTimeTask<String> task(AtomicLong executed) {
    return Tasks.oneTime(TASK, String.class)
        .execute((instance, context) -> executed.incrementAndGet());
  }

  static HikariDataSource pool(Database database, int connections) {
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.countingUrl());
    config.setUsername(database.credentials().getProperty("user"));
    config.setPassword(database.credentials().getProperty("password"));
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(connections);
    return new HikariDataSource(config);
  }
}
