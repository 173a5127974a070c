package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.shard.ShardLease;

/** Archives and deletes the expired runs of the demo's namespace. */
public final class DemoRetention {

  private final DemoContext context;
  private final RetentionStore store;
  private final Archiver archiver;

  /** Retention with an archive. */
  public DemoRetention(DemoContext context, Archiver archiver) {
    this.context = context;
    store = context.persistence().retention();
    this.archiver = archiver;
  }

  /**
   * Processes each shard once.
   *
   * @throws InterruptedException if the thread is interrupted, between two shards
   */
  public void work() throws InterruptedException {
    NamespaceId namespace = context.namespace();
    for (ShardLease shard : context.shards().all()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while old orders were archived");
      }
      Pages.all(page -> store.findExpired(shard.shardId(), page)).stream()
          .map(ExpiredRun::key)
          .filter(run -> run.namespace().equals(namespace))
          .forEach(
              run -> {
                store.archiveAndDelete(run, shard, archiver);
                context.counters().add(Count.RUNS_ARCHIVED);
              });
    }
  }
}
