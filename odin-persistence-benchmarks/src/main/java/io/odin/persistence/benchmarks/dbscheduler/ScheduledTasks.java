package io.odin.persistence.benchmarks.dbscheduler;

import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.odin.persistence.benchmarks.engine.Engine;
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
    Engine engine = database.engine();
    database.execute(
        """
        CREATE TABLE scheduled_tasks (
            task_name             varchar(100) NOT NULL,
            task_instance         varchar(100) NOT NULL,
            task_data             %1$s,
            execution_time        %2$s,
            picked                boolean      NOT NULL,
            picked_by             varchar(50),
            last_success          %2$s,
            last_failure          %2$s,
            consecutive_failures  integer,
            last_heartbeat        %2$s,
            version               bigint       NOT NULL,
            priority              smallint,
            state                 text,
            PRIMARY KEY (task_name, task_instance)
        )
        """
            .formatted(engine.bytesType(), engine.instantType()),
        "CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time)",
        "CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)",
        "CREATE INDEX priority_execution_time_idx"
            + " ON scheduled_tasks (priority DESC, execution_time)",
        "CREATE TABLE bench_filled AS SELECT 0 AS up_to");
  }

  /** Adds tasks that are due. */
  static void fill(Database database, long count) throws SQLException {
    Engine engine = database.engine();
    database.execute(
        """
        INSERT INTO scheduled_tasks (task_name, task_instance, execution_time, picked, version)
        SELECT '%s', concat('filled-', f.up_to + s.n), %s, false, 1
          FROM bench_filled AS f CROSS JOIN %s
        """
            .formatted(TASK, engine.clock(), engine.series(1, count)),
        "UPDATE bench_filled SET up_to = up_to + " + count);
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
    database.engine().ordinaryProperties().forEach(config::addDataSourceProperty);
    config.setMaximumPoolSize(connections);
    config.setMinimumIdle(connections);
    return new HikariDataSource(config);
  }
}
