package io.odin.persistence.cli.demo.load;

import io.odin.persistence.cli.demo.DemoFailedException;
import io.odin.persistence.cli.demo.audit.Findings;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.audit.Findings.Seen;
import io.odin.persistence.cli.demo.engine.Floor;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.cli.demo.engine.Tally.Count;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.shard.ShardLease;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Archives and deletes the runs of the demo's namespace whose time is over. */
public final class Retention {

  private final Floor floor;
  private final RetentionStore store;
  private final Archiver archiver;

  public Retention(Floor floor, Archiver archiver) {
    this.floor = floor;
    store = floor.persistence().retention();
    this.archiver = archiver;
  }

  /** Goes through the shards once. */
  public void work() throws InterruptedException {
    NamespaceId namespace = floor.namespace();
    for (ShardLease shard : floor.shards().all()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while old orders were archived");
      }
      Pages.all(page -> store.findExpired(shard.shardId(), page)).stream()
          .map(ExpiredRun::key)
          .filter(run -> run.namespace().equals(namespace))
          .forEach(
              run -> {
                store.archiveAndDelete(run, shard, archiver);
                floor.tally().add(Count.RUNS_ARCHIVED);
              });
    }
  }

  /** Checks that the old orders, and they only, are in the archive and nowhere else. */
  public void audit(OldOrders old, Findings findings) {
    long archived = floor.tally().of(Count.RUNS_ARCHIVED);
    if (archived > old.runs().size()) {
      findings.add(
          Kind.LOST, archived + " runs were deleted, of which " + old.runs().size() + " were old");
    }
    old.runs()
        .forEach(
            (run, history) -> {
              findings.saw(Seen.ARCHIVED_RUNS, 1);
              if (!inArchive(run).equals(history)) {
                findings.add(Kind.LOST, run + " is not in the archive as it was");
              }
              if (isLeft(run)) {
                findings.add(Kind.FAULT, run + " was archived and is still there");
              }
            });
  }

  private boolean isLeft(RunKey run) {
    return floor.persistence().executions().find(run).isPresent()
        || floor.persistence().visibility().find(run).isPresent();
  }

  private List<HistoryEvent> inArchive(RunKey run) {
    List<HistoryEvent> events = new ArrayList<>();
    try {
      archiver.read(run, events::add);
    } catch (IOException e) {
      throw new DemoFailedException("the archive of " + run + " cannot be read: " + e.getMessage());
    }
    return events;
  }
}
