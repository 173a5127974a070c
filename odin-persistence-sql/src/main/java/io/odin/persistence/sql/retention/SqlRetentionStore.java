package io.odin.persistence.sql.retention;

import static io.odin.persistence.sql.namespace.NamespacesTable.RETENTION_DAYS;
import static io.odin.persistence.sql.retention.RunPartSql.EXISTING_RUN_ID;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.COMPLETED_AT;
import static io.odin.persistence.sql.run.WorkflowExecutionsTable.SHARD_ID;

import io.odin.persistence.error.ShardOwnershipLostException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.retention.Archiver;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.retention.NamespaceRemains;
import io.odin.persistence.retention.Orphan;
import io.odin.persistence.retention.RetentionStore;
import io.odin.persistence.retention.RunPart;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Parts;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.shard.Shards;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.PageTokens;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Deletes runs whose retention has expired. Thread-safe. */
final class SqlRetentionStore implements RetentionStore {

  private static final int MAXIMUM_PURGED = 1000;
  private static final String FIND_ORPHANS = "retention.findOrphans";

  private final Database database;
  private final RetentionSql sql;
  private final RunArchiving archiving;
  private final RunDeletion deletion;
  private final NamespacePurge purge;
  private final Shards shards;

  SqlRetentionStore(
      Database database,
      RetentionSql sql,
      RunArchiving archiving,
      RunDeletion deletion,
      NamespacePurge purge,
      Shards shards) {
    this.database = database;
    this.sql = sql;
    this.archiving = archiving;
    this.deletion = deletion;
    this.purge = purge;
    this.shards = shards;
  }

  @Override
  public Page<ExpiredRun> findExpired(int shardId, PageRequest page) {
    shards.requireShard(shardId);
    Require.nonNull("page", page);
    Binds binds = Binds.of(SHARD_ID, shardId);
    return database.read(
        "retention.findExpired",
        session ->
            sql.findExpired.page(
                session, binds, page, Integer.toString(shardId), SqlRetentionStore::expired));
  }

  private static ExpiredRun expired(Row row) throws SQLException {
    Instant completedAt = row.get(COMPLETED_AT);
    Duration retention = Duration.ofDays(row.get(RETENTION_DAYS));
    return new ExpiredRun(RunMapper.key(row), completedAt, completedAt.plus(retention));
  }

  @Override
  public long archiveAndDelete(RunKey run, ShardLease shard, Archiver archiver) {
    Require.nonNull("run", run);
    shards.fence().requireShardOf(run, Require.nonNull("shard", shard));
    Require.nonNull("archiver", archiver);
    return database.inParts(
        parts -> {
          try {
            archiving.archive(parts, run, shard, archiver);
            return delete(parts, run, shard);
          } catch (ShardOwnershipLostException e) {
            if (database.transaction(
                "retention.isDone", session -> deletion.isDone(session, run))) {
              return 0L;
            }
            throw e;
          }
        });
  }

  private long delete(Parts parts, RunKey run, ShardLease shard) {
    long rows = 0;
    RunDeletion.Chunk chunk = RunDeletion.NOTHING;
    while (!chunk.isLast()) {
      long firstEvent = chunk.firstEvent();
      chunk =
          parts.transaction(
              "retention.deleteChunk",
              session -> deletion.deleteChunk(session, run, shard, firstEvent));
      rows += chunk.rows();
    }
    return rows;
  }

  @Override
  public Page<NamespaceRemains> findRemains(Duration age, PageRequest page) {
    return purge.find(Require.nonNegative("age", age), Require.nonNull("page", page));
  }

  @Override
  public int purge(NamespaceId namespace, int limit) {
    return purge.purge(
        Require.nonNull("namespace", namespace),
        (int) Require.between("limit", limit, 1, MAXIMUM_PURGED));
  }

  /** A row of a part, and whether its run exists. */
  private record Scanned(RunKey run, boolean hasRun) {

    static Scanned of(Row row) throws SQLException {
      return new Scanned(RunMapper.key(row), row.optional(EXISTING_RUN_ID).isPresent());
    }
  }

  /** Where a scan goes on: at a part, and within it. */
  private record Position(int part, String within) {

    static final Position FIRST = new Position(0, "");

    static Position of(PageToken token) {
      List<Object> key = PageTokens.decode(token, FIND_ORPHANS, "");
      return new Position(Math.toIntExact((Long) key.getFirst()), (String) key.getLast());
    }

    PageToken token() {
      return PageTokens.encode(FIND_ORPHANS, "", List.of((long) part, within));
    }

    Optional<PageToken> tokenWithin() {
      return within.isEmpty() ? Optional.empty() : Optional.of(new PageToken(within));
    }
  }

  @Override
  public Page<Orphan> findOrphans(PageRequest page) {
    Require.nonNull("page", page);
    Position position = page.token().map(Position::of).orElse(Position.FIRST);
    RunPart part = sql.parts.get(position.part()).part();
    PageRequest within = new PageRequest(page.limit(), position.tokenWithin());
    Page<Scanned> rows =
        database.scan(
            FIND_ORPHANS,
            session ->
                sql.parts
                    .get(position.part())
                    .scan
                    .page(session, Binds.none(), within, "", Scanned::of));
    List<Orphan> orphans =
        rows.items().stream()
            .filter(row -> !row.hasRun())
            .map(row -> new Orphan(part, row.run()))
            .distinct()
            .toList();
    return new Page<>(orphans, next(position, rows.next()).map(Position::token));
  }

  private Optional<Position> next(Position position, Optional<PageToken> within) {
    if (within.isPresent()) {
      return Optional.of(new Position(position.part(), within.get().value()));
    }
    int part = position.part() + 1;
    return part < sql.parts.size() ? Optional.of(new Position(part, "")) : Optional.empty();
  }
}
