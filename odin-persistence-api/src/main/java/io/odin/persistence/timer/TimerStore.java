package io.odin.persistence.timer;

import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.time.Instant;
import java.util.List;

/**
 * Durable timers. {@link io.odin.persistence.execution.ExecutionStore#commit} sets and removes
 * them; this store finds those of a shard that are due, and those of a run. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request. Reads are not fenced, since the commit of a former owner is refused.
 */
public interface TimerStore {

  /**
   * The timers of the shard that are due by the database's clock, ordered by due instant,
   * namespace, run and timer id.
   */
  Page<WorkflowTimer> due(ShardLease shard, PageRequest page);

  /**
   * The timers of the shard with a due instant at or before the given one, past or future, in the
   * same order.
   */
  Page<WorkflowTimer> due(ShardLease shard, Instant until, PageRequest page);

  /**
   * The timers of several shards that are due by the database's clock: what {@link #due(ShardLease,
   * PageRequest)} returns for each, ordered by shard, then as there. A page may be full of the
   * timers of one shard, so read on until there is no next page. A page costs the timers on it and
   * a look at each shard that has none.
   *
   * <p>The following pages are read with the same shards, in any order; a lease that was renewed
   * meanwhile, or lost, makes no difference.
   *
   * @param shards each shard once, as many as there are; without any, the page is empty
   */
  Page<WorkflowTimer> dueOfAll(List<ShardLease> shards, PageRequest page);

  /**
   * The timers of several shards with a due instant at or before the given one, past or future, in
   * the same order.
   *
   * @param shards as above
   */
  Page<WorkflowTimer> dueOfAll(List<ShardLease> shards, Instant until, PageRequest page);

  /** The timers of a run, due or not, ordered by id; empty if it has none, or does not exist. */
  Page<WorkflowTimer> list(RunKey run, PageRequest page);
}
