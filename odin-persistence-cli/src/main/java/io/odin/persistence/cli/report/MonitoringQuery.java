package io.odin.persistence.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * The questions that whoever watches a database asks it. Each backend has its own text of each, as
 * a resource {@code <backend>/<name>.sql} beside this class; a backend without them is not asked.
 */
public enum MonitoringQuery {
  /** How many shards each owner holds. */
  SHARD_DISTRIBUTION("shard-distribution", "Shard distribution"),
  /** How many shards stand still. */
  UNOWNED_SHARDS("unowned-shards", "Shards that nobody owns"),
  /** How many runs are in which state. */
  WORKFLOWS_BY_STATE("workflows-by-state", "Workflows by state"),
  /** How many tasks wait for a worker. */
  TASK_QUEUE_BACKLOG("task-queue-backlog", "Task queue backlog"),
  /** How many tasks are ready, delayed, leased and expired. */
  TASK_QUEUE_STATES("task-queue-states", "Task queue states"),
  /** How many leases were left to run out. */
  EXPIRED_LEASES("expired-leases", "Expired leases"),
  /** How many tasks were given up. */
  DEAD_LETTERS("dead-letters", "Dead letters"),
  /** Which transactions keep dead rows from being removed. */
  OLD_SNAPSHOTS("old-snapshots", "Old snapshots"),
  /** Which tables have dead rows. */
  DEAD_ROWS("dead-rows", "Dead rows and vacuum"),
  /** How old the oldest multixact id is. */
  MULTIXACTS("multixacts", "Multixacts");

  private final String resource;
  private final String title;

  MonitoringQuery(String resource, String title) {
    this.resource = resource;
    this.title = title;
  }

  /** The name, as it stands in file names and in JSON. */
  public String resource() {
    return resource;
  }

  /** The title of the result. */
  public String title() {
    return title;
  }

  /** Those that tell of work, and not of the server. */
  public static Set<MonitoringQuery> ofWork() {
    return EnumSet.of(SHARD_DISTRIBUTION, WORKFLOWS_BY_STATE, TASK_QUEUE_BACKLOG, EXPIRED_LEASES);
  }

  /** Whether the backend has monitoring queries. */
  public static boolean existFor(String backend) {
    return MonitoringQuery.class.getResource(SHARD_DISTRIBUTION.path(backend)) != null;
  }

  /**
   * The text of the query.
   *
   * @throws IllegalArgumentException if the backend has none
   */
  public String sql(String backend) {
    try (InputStream stream = MonitoringQuery.class.getResourceAsStream(path(backend))) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "backend " + backend + " has no query " + resource + " to monitor it with");
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String path(String backend) {
    return backend + "/" + resource + ".sql";
  }
}
