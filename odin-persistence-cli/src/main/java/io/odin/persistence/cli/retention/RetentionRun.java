package io.odin.persistence.cli.retention;

import io.odin.persistence.PageRequest;
import io.odin.persistence.Persistence;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardLease;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/** Deletes what is expired in the shards that no one owns, one shard after the other. */
public final class RetentionRun {

  private static final int PAGE = 100;
  // Renewed before each run; long enough for the longest history to be archived and deleted.
  private static final Duration LEASE = Duration.ofMinutes(5);

  private final Persistence persistence;
  private final Archiver archiver;
  private final Progress progress;
  private final String owner = "odin-retention-" + UUID.randomUUID();

  /** Readies a run; the caller closes what it is given. */
  public RetentionRun(Persistence persistence, Archiver archiver, Progress progress) {
    this.persistence = persistence;
    this.archiver = archiver;
    this.progress = progress;
  }

  /** Deletes the runs of a plan, and whatever has expired since. */
  public RetentionReport run(RetentionPlan plan) {
    RetentionReport report = new RetentionReport();
    plan.runsByShard()
        .forEach(
            (shardId, runs) -> {
              switch (persistence.shards().acquire(shardId, owner, LEASE)) {
                case ShardAcquisition.Acquired acquired -> delete(acquired.lease(), plan, report);
                case ShardAcquisition.HeldByAnother held -> report.leave(runs);
              }
            });
    return report;
  }

  private void delete(ShardLease lease, RetentionPlan plan, RetentionReport report) {
    long planned = plan.runsByShard().getOrDefault(lease.shardId(), 0L);
    try {
      for (List<ExpiredRun> runs = oldest(lease); !runs.isEmpty(); runs = oldest(lease)) {
        for (ExpiredRun run : runs) {
          ShardLease renewed = persistence.shards().renew(lease, LEASE);
          long rows = persistence.retention().archiveAndDelete(run.key(), renewed, archiver);
          report.add(plan.nameOf(run.key().namespace()), rows);
          progress.step();
          planned--;
        }
      }
      persistence.shards().release(lease);
    } catch (LeaseLostException | ShardOwnershipLostException e) {
      // An engine has taken the shard over, and the rest with it.
      report.leave(Math.max(0, planned));
    } catch (RuntimeException e) {
      releaseAfter(e, lease);
      throw e;
    }
  }

  /** No engine is to wait for the end of a lease that nobody uses any more. */
  private void releaseAfter(RuntimeException failure, ShardLease lease) {
    try {
      persistence.shards().release(lease);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    }
  }

  private List<ExpiredRun> oldest(ShardLease lease) {
    return persistence.retention().findExpired(lease.shardId(), PageRequest.first(PAGE)).items();
  }
}
