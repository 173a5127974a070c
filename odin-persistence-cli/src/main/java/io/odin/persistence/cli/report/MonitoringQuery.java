package io.odin.persistence.cli.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * The questions that whoever watches a database asks it. Their texts are resources beside this
 * class: {@code <backend>/<name>.sql}, or {@code <name>.sql} where every backend speaks the same. A
 * backend without texts of its own is not asked at all.
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
  /** How large the tables are, and what is free in them. */
  TABLE_SIZES("table-sizes", "Table sizes"),
  /** How old the oldest multixact id is. */
  MULTIXACTS("multixacts", "Multixacts");

  private static final Set<String> BACKENDS = Set.of("postgres", "mysql");

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

  /** Those that a backend is asked, in order; none if it has no texts. */
  public static Set<MonitoringQuery> of(String backend) {
    Set<MonitoringQuery> queries = EnumSet.noneOf(MonitoringQuery.class);
    for (MonitoringQuery query : values()) {
      if (query.text(backend).isPresent()) {
        queries.add(query);
      }
    }
    return queries;
  }

  /** Those of them that tell of work, and not of the server. */
  public static Set<MonitoringQuery> ofWork(String backend) {
    Set<MonitoringQuery> queries = of(backend);
    queries.retainAll(
        EnumSet.of(SHARD_DISTRIBUTION, WORKFLOWS_BY_STATE, TASK_QUEUE_BACKLOG, EXPIRED_LEASES));
    return queries;
  }

  /**
   * The text of the query.
   *
   * @throws IllegalArgumentException if the backend has none
   */
  public String sql(String backend) {
    URL text =
        text(backend)
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "backend "
                            + backend
                            + " has no query "
                            + resource
                            + " to monitor it with"));
    try (InputStream stream = text.openStream()) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<URL> text(String backend) {
    return file(backend + "/" + resource)
        .or(() -> BACKENDS.contains(backend) ? file(resource) : Optional.empty());
  }

  private static Optional<URL> file(String path) {
    return Optional.ofNullable(MonitoringQuery.class.getResource(path + ".sql"));
  }
}
