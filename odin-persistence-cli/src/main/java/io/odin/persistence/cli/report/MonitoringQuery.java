package io.odin.persistence.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import io.odin.persistence.cli.report.TableLayout.Painter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The queries that show an operator the state of a database. Their texts are resources beside this
 * class: {@code <backend>/<name>.sql}, or {@code <name>.sql} where it is the same for every
 * backend. A backend without texts has no queries.
 */
public enum MonitoringQuery {
  /** How many shards each owner holds. */
  SHARD_DISTRIBUTION("shard-distribution", "Shard distribution"),
  /** How many shards make no progress. */
  UNOWNED_SHARDS("unowned-shards", "Shards without an owner", new Watch("unowned_shards", 0)),
  /** How many runs are in which state. */
  WORKFLOWS_BY_STATE("workflows-by-state", "Workflows by state"),
  /** How many tasks wait for a worker. */
  TASK_QUEUE_BACKLOG("task-queue-backlog", "Task queue backlog"),
  /** How many tasks are ready, delayed, leased and expired. */
  TASK_QUEUE_STATES("task-queue-states", "Task queue states", new Watch("expired", 0)),
  /** How many task leases have expired. */
  EXPIRED_LEASES("expired-leases", "Expired leases", new Watch("expired_lease_count", 0)),
  /** How many tasks became dead letters. */
  DEAD_LETTERS("dead-letters", "Dead letters", new Watch("dead", 0)),
  /** Which transactions keep dead rows from being removed. */
  OLD_SNAPSHOTS("old-snapshots", "Old snapshots", new Watch("open_for", 0)),
  /** Which tables have dead rows. */
  DEAD_ROWS("dead-rows", "Dead rows and vacuum"),
  /** How large the tables are, and how much of them is free. */
  TABLE_SIZES("table-sizes", "Table sizes"),
  /** How old the oldest multixact id is. */
  MULTIXACTS("multixacts", "Multixacts", new Watch("multixact_age", 400_000_000));

  private static final Set<String> BACKENDS = Set.of("postgres", "mysql");

  private final String resource;
  private final String title;

  // A record of a text and a number, hence immutable.
  @SuppressWarnings("ImmutableEnumChecker")
  private final @Nullable Watch watch;

  MonitoringQuery(String resource, String title) {
    this(resource, title, null);
  }

  MonitoringQuery(String resource, String title, @Nullable Watch watch) {
    this.resource = resource;
    this.title = title;
    this.watch = watch;
  }

  /**
   * What in the result needs an operator: a number above a limit, or any text.
   *
   * @param column where
   * @param limit the largest number that is all right
   */
  private record Watch(String column, long limit) {

    boolean concerns(String name, JsonNode cell) {
      return name.equals(column) && (cell.isNumber() ? cell.asLong() > limit : !cell.isNull());
    }
  }

  /** Whether a cell of the result needs an operator. */
  public boolean isWrong(String column, JsonNode cell) {
    return watch != null && watch.concerns(column, cell);
  }

  /** Shows what {@link #isWrong} in red. */
  public Painter painter() {
    return (column, cell) -> isWrong(column, cell) ? Colour.RED : Colour.NONE;
  }

  /** The name in file names, in JSON and on the command line. */
  public String resource() {
    return resource;
  }

  /** The title of the result. */
  public String title() {
    return title;
  }

  /** The queries of a backend, in order; none if it has no texts. */
  public static Set<MonitoringQuery> of(String backend) {
    Set<MonitoringQuery> queries = EnumSet.noneOf(MonitoringQuery.class);
    for (MonitoringQuery query : values()) {
      if (query.text(backend).isPresent()) {
        queries.add(query);
      }
    }
    return queries;
  }

  /** Those of them that are about work, and not about the server. */
  public static Set<MonitoringQuery> ofWork(String backend) {
    Set<MonitoringQuery> queries = of(backend);
    queries.retainAll(
        EnumSet.of(SHARD_DISTRIBUTION, WORKFLOWS_BY_STATE, TASK_QUEUE_BACKLOG, EXPIRED_LEASES));
    return queries;
  }

  /**
   * The query that says, in one text or null, what an account does not see in the result of this
   * one; empty if every account sees everything.
   */
  public Optional<String> unseenSql(String backend) {
    return file(backend + "/" + resource + "-unseen").map(MonitoringQuery::read);
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
    return read(text);
  }

  private static String read(URL text) {
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
