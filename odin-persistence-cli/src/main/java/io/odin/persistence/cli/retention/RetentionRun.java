package io.odin.persistence.cli.retention;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.error.UnavailableException;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Deletes the expired runs in shards without an owner, one shard after the other. */
public final class RetentionRun {

  private static final int PAGE = 100;
  // How long an engine waits for a shard if this process is killed.
  private static final Duration LEASE = Duration.ofMinutes(1);

  private final Persistence persistence;
  private final Archiver archiver;
  private final Progress progress;
  private final Duration timeToLive;
  private final String owner = "odin-retention-" + UUID.randomUUID();

  /** Prepares a run; the caller closes the arguments. */
  public RetentionRun(Persistence persistence, Archiver archiver, Progress progress) {
    this(persistence, archiver, progress, LEASE);
  }

  /** The same with another duration of leases. */
  RetentionRun(Persistence persistence, Archiver archiver, Progress progress, Duration timeToLive) {
    this.persistence = persistence;
    this.archiver = archiver;
    this.progress = progress;
    this.timeToLive = timeToLive;
  }

  /**
   * Deletes the runs of a plan, and some that have expired since.
   *
   * @throws InterruptedException if the thread is interrupted: between two runs, and after the
   *     shard was given up
   */
  public RetentionReport run(RetentionPlan plan) throws InterruptedException {
    RetentionReport report = new RetentionReport();
    for (Map.Entry<Integer, Long> shard : plan.runsByShard().entrySet()) {
      switch (persistence.shards().acquire(shard.getKey(), owner, timeToLive)) {
        case ShardAcquisition.Acquired acquired -> delete(acquired.lease(), plan, report);
        case ShardAcquisition.HeldByAnother held -> report.leave(shard.getValue());
      }
    }
    return report;
  }

  private void delete(ShardLease lease, RetentionPlan plan, RetentionReport report)
      throws InterruptedException {
    long planned = plan.runsByShard().getOrDefault(lease.shardId(), 0L);
    try {
      try (HeldShard shard = new HeldShard(persistence.shards(), lease, timeToLive)) {
        Optional<PageToken> next = Optional.empty();
        do {
          // From the last page on: runs that were skipped are still there.
          Page<ExpiredRun> page =
              persistence.retention().findExpired(lease.shardId(), new PageRequest(PAGE, next));
          for (ExpiredRun run : page.items()) {
            if (Thread.interrupted()) {
              throw new InterruptedException("interrupted between two runs");
            }
            delete(run.key(), shard.lease(), plan, report);
            progress.step();
            planned--;
          }
          next = page.next();
        } while (next.isPresent());
      }
      persistence.shards().release(lease);
    } catch (LeaseLostException | ShardOwnershipLostException e) {
      // An engine has acquired the shard, and deletes the other runs.
      report.leave(Math.max(0, planned));
    } catch (RuntimeException | InterruptedException e) {
      releaseAfter(e, lease);
      throw e;
    }
  }

  private void delete(RunKey run, ShardLease lease, RetentionPlan plan, RetentionReport report) {
    String namespace = plan.nameOf(run.namespace());
    try {
      report.add(namespace, persistence.retention().archiveAndDelete(run, lease, archiver));
    } catch (UnavailableException | InvalidRequestException | NotFoundException e) {
      if (!isOfOneRun(e)) {
        throw e;
      }
      report.skip(namespace, run, e);
    }
  }

  /** Whether the failure concerns one run only, so that the next can succeed. */
  private static boolean isOfOneRun(PersistenceException failure) {
    return !(failure instanceof UnavailableException unavailable)
        || switch (unavailable.reason()) {
          case ARCHIVE, LOCK_TIMEOUT, STATEMENT_TIMEOUT, DEADLOCK, SERIALIZATION -> true;
          case CONNECTION, POOL_EXHAUSTED, SEARCHES_EXHAUSTED, READ_ONLY, RESOURCES -> false;
        };
  }

  /** Otherwise an engine would wait until a lease expires that is not used any more. */
  private void releaseAfter(Exception failure, ShardLease lease) {
    // The failure may be an interrupt, which would fail this as well.
    boolean interrupted = Thread.interrupted();
    try {
      persistence.shards().release(lease);
    } catch (RuntimeException e) {
      failure.addSuppressed(e);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
