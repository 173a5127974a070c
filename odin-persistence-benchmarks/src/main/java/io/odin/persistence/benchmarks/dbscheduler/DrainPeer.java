package io.odin.persistence.benchmarks.dbscheduler;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.Peer;
import io.odin.persistence.benchmarks.harness.Side;
import io.odin.persistence.benchmarks.harness.Stage;
import java.sql.SQLException;

/**
 * Executes due tasks on threads of the peer's own.
 *
 * @param strategy how it finds them
 * @param backlog how many are due
 */
public record DrainPeer(Strategy strategy, long backlog) implements Peer {

  /** How the peer finds due tasks; the limits are those that its documentation names for rate. */
  public enum Strategy {
    /** Reads candidates, then picks each by a compare-and-set when it is executed. */
    FETCH_AND_LOCK {
      @Override
      void configure(SchedulerBuilder builder) {
        builder.pollUsingFetch(0.5, 3.0);
      }
    },
    /** Picks a batch by one UPDATE over FOR UPDATE SKIP LOCKED. */
    LOCK_AND_FETCH {
      @Override
      void configure(SchedulerBuilder builder) {
        builder.pollUsingLockAndFetch(1.0, 4.0);
      }
    };

    abstract void configure(SchedulerBuilder builder);

    String label() {
      return ScheduledTasks.PEER + (this == FETCH_AND_LOCK ? " fetch" : " lock");
    }
  }

  @Override
  public Side open(Stage stage, int workers) throws SQLException {
    Database database = stage.empty(strategy.label());
    ScheduledTasks.create(database);
    ScheduledTasks.fill(database, backlog);
    database.settle();
    return new DrainSide(stage, database, strategy, workers, backlog);
  }
}
