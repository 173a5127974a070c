package io.odin.persistence.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * The questions that whoever watches a database asks it. Each backend has its own text of each, as
 * a resource {@code <backend>/<name>.sql} beside this class; a backend without them is not asked.
 */
public enum MonitoringQuery {
  /** How many shards each owner holds. */
  SHARD_DISTRIBUTION("shard-distribution", "Shard distribution"),
  /** How many runs are in which state. */
  WORKFLOWS_BY_STATE("workflows-by-state", "Workflows by state"),
  /** How many tasks wait for a worker. */
  TASK_QUEUE_BACKLOG("task-queue-backlog", "Task queue backlog"),
  /** How many leases were left to run out. */
  EXPIRED_LEASES("expired-leases", "Expired leases");

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
