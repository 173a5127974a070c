package io.odin.persistence.benchmarks.rows;

import io.odin.persistence.Persistence;
import io.odin.persistence.benchmarks.harness.Database;
import io.odin.persistence.benchmarks.harness.DisturbanceResult;
import io.odin.persistence.benchmarks.harness.DisturbanceResult.Round;
import io.odin.persistence.benchmarks.harness.Latencies;
import io.odin.persistence.benchmarks.harness.Stage;
import io.odin.persistence.benchmarks.rows.data.LargeRun;
import io.odin.persistence.benchmarks.rows.data.Pollers;
import io.odin.persistence.benchmarks.rows.data.Queue;
import io.odin.persistence.benchmarks.rows.data.Runs;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.run.RunKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * How long polls take while retention deletes a run with a long history, and alone, in turns:
 * beside the deletion for as long as that takes, and then as long again alone.
 */
public final class DeletionBesidePolls {

  /** How it is asked for on the command line. */
  public static final String NAME = "deletion-beside-polls";

  private static final int POLLERS = 4;
  private static final int TASKS = 10_000;

  private final int events;

  /** With a run of the given number of events. */
  public DeletionBesidePolls(int events) {
    this.events = events;
  }

  /** Measures a number of rounds, after one that is not counted. */
  public DisturbanceResult measure(Stage stage, int rounds)
      throws SQLException, InterruptedException {
    Database database = stage.migrated(NAME);
    try (Persistence persistence =
            Persistence.open(database.config().maximumPoolSize(POLLERS + 1).build());
        Pollers pollers = new Pollers(persistence.taskQueues(), POLLERS)) {
      Runs.ownShards(database);
      Queue.fill(database, TASKS);
      List<Round> measured = new ArrayList<>();
      for (int round = 0; round <= rounds; round++) {
        RunKey run = LargeRun.make(database, round, events);
        database.settle();
        measured.add(round(persistence, run, pollers));
        database.expect(0, "SELECT count(*) FROM history_events");
      }
      return new DisturbanceResult(NAME, POLLERS, measured.subList(1, measured.size()));
    } finally {
      stage.drop(database);
    }
  }

  private static Round round(Persistence persistence, RunKey run, Pollers pollers)
      throws InterruptedException {
    long begin = System.nanoTime();
    CompletableFuture<Long> deletion =
        CompletableFuture.supplyAsync(
            () ->
                persistence
                    .retention()
                    .archiveAndDelete(run, Runs.lease(run.workflowId()), Archiver.none()));
    Latencies beside = pollers.pollWhile(() -> !deletion.isDone());
    deletion.join();
    long end = System.nanoTime();
    Latencies alone = pollers.pollWhile(() -> System.nanoTime() - end < end - begin);
    return new Round(alone, beside, (end - begin) / 1e9);
  }
}
