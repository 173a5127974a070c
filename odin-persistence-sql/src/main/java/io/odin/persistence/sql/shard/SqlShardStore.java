package io.odin.persistence.sql.shard;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LeaseLostException.Reason;
import io.odin.persistence.error.SchemaMismatchException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.shard.Shard;
import io.odin.persistence.shard.ShardAcquisition;
import io.odin.persistence.shard.ShardAcquisition.Acquired;
import io.odin.persistence.shard.ShardAcquisition.HeldByAnother;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.shard.ShardStore;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Row;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.statement.Step;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Shard leases in the database. Thread-safe.
 *
 * <p>Why no commit of a former owner lands after a take-over: a commit locks the fence in share
 * mode, if the token is its own and the lease is live; a take-over raises the token, and so waits
 * for the commits in flight. It begins only when the lease has ended, so that no new ones come; a
 * commit that was about to lock the fence finds another token there.
 */
final class SqlShardStore implements ShardStore {

  private static final int MAXIMUM_SHARDS = 65_536;

  private final Database database;
  private final int shardCount;
  private final ShardSql sql;

  SqlShardStore(Database database, ShardSql sql, int shardCount) {
    this.database = database;
    this.sql = sql;
    this.shardCount = shardCount;
  }

  /** A shard, and whether its lease was live by the database's clock when it was read. */
  private record ShardRow(Shard shard, boolean live) {

    static ShardRow of(Row row) throws SQLException {
      return new ShardRow(
          new Shard(
              row.integer("shard_id"),
              row.optionalText("owner_identity"),
              row.number("fence_token"),
              row.optionalInstant("shard_owner_lease_expiry"),
              row.optionalInstant("acquired_at"),
              row.optionalInstant("last_heartbeat")),
          row.bool("live"));
    }

    boolean isHeldByAnotherThan(String owner) {
      return live && !shard.owner().equals(Optional.of(owner));
    }

    ShardLease lease() {
      return new ShardLease(
          shard.shardId(),
          shard.owner().orElseThrow(),
          shard.fenceToken(),
          shard.leaseExpiresAt().orElseThrow());
    }
  }

  @Override
  public void initialize(int count) {
    Require.between("count", count, 1, MAXIMUM_SHARDS);
    database.transaction(
        "shards.initialize",
        session -> {
          if (count(session) == 0) {
            session.update(
                sql.insert,
                sql.shards.bind(
                    Binds.none(),
                    IntStream.range(0, count).mapToObj(SqlShardStore::newRow).toList()));
          }
          // Counted again, since someone else may have inserted them meanwhile.
          long present = count(session);
          if (present != count) {
            throw new SchemaMismatchException(
                "shard count",
                Integer.toString(count),
                Long.toString(present),
                "It is chosen once, on an empty database: configure the count that is there.");
          }
          return insertFences(session);
        });
  }

  private static List<@Nullable Object> newRow(int shardId) {
    return List.of(shardId);
  }

  private long count(Session session) throws SQLException {
    return session.first(sql.count, Binds.none(), row -> row.number("shards")).orElse(0L);
  }

  private int insertFences(Session session) throws SQLException {
    List<List<@Nullable Object>> missing =
        session.query(
            sql.withoutFence,
            Binds.none(),
            row -> List.of(row.integer("shard_id"), row.number("fence_token")));
    return missing.isEmpty()
        ? 0
        : session.update(sql.insertFences, sql.fences.bind(Binds.none(), missing));
  }

  @Override
  public ShardAcquisition acquire(int shardId, String owner, Duration timeToLive) {
    Binds binds =
        key(shardId)
            .and("owner_identity", Require.id("owner", owner))
            .and("time_to_live", Require.positive("timeToLive", timeToLive));
    return database.transaction(
        "shards.acquire",
        session -> {
          while (true) {
            ShardRow stored = read(session, sql.find, shardId);
            if (!stored.live()) {
              stored = read(session, sql.lock, shardId);
            }
            if (stored.isHeldByAnotherThan(owner)) {
              return new HeldByAnother(stored.shard());
            }
            if (!stored.live()) {
              return new Acquired(
                  afterwards(session, binds, sql.raiseFence, sql.take).orElseThrow().lease());
            }
            // Our own. If it ends before this renews it, we look again.
            binds.and("fence_token", stored.shard().fenceToken());
            Optional<ShardRow> renewed = afterwards(session, binds, sql.renew);
            if (renewed.isPresent()) {
              return new Acquired(renewed.get().lease());
            }
          }
        });
  }

  /** The shard after changes of its row and its fence; empty if there was nothing to change. */
  private Optional<ShardRow> afterwards(Session session, Binds binds, Sql... changes)
      throws SQLException {
    List<Step> steps = new ArrayList<>();
    for (Sql change : changes) {
      steps.add(Step.change(change, binds));
    }
    steps.add(Step.query(sql.find, binds, ShardRow::of));
    List<Step.Result> results = session.run(steps);
    return results.getFirst().count() == 0
        ? Optional.empty()
        : Optional.of(results.getLast().rows(ShardRow.class).getFirst());
  }

  @Override
  public List<ShardLease> acquireAny(String owner, int maximum, Duration timeToLive) {
    Require.id("owner", owner);
    Require.between("maximum", maximum, 1, Integer.MAX_VALUE);
    Require.positive("timeToLive", timeToLive);
    return database.transaction(
        "shards.acquireAny",
        session -> {
          Set<Integer> available = ids(session, sql.lockAvailable, maximum);
          if (available.isEmpty()) {
            return List.of();
          }
          List<Binds> shards =
              available.stream()
                  .map(
                      shardId ->
                          Binds.of("shard_id", shardId)
                              .and("owner_identity", owner)
                              .and("time_to_live", timeToLive))
                  .toList();
          session.batch(sql.raiseFence, shards);
          session.batch(sql.take, shards);
          return ownedBy(session, owner).stream()
              .filter(stored -> available.contains(stored.shard().shardId()))
              .map(ShardRow::lease)
              .toList();
        });
  }

  private static Set<Integer> ids(Session session, Sql statement, int limit) throws SQLException {
    return new LinkedHashSet<>(
        session.query(statement, Binds.of("limit", limit), row -> row.integer("shard_id")));
  }

  @Override
  public ShardLease renew(ShardLease lease, Duration timeToLive) {
    Binds binds = key(lease).and("time_to_live", Require.positive("timeToLive", timeToLive));
    return database.transaction(
        "shards.renew",
        session -> {
          Optional<ShardRow> renewed = afterwards(session, binds, sql.renew);
          if (renewed.isEmpty()) {
            throw lost(lease, read(session, sql.find, lease.shardId()).shard());
          }
          return renewed.get().lease();
        });
  }

  @Override
  public void release(ShardLease lease) {
    Binds binds = key(lease);
    database.statement(
        "shards.release",
        session -> {
          int released = session.update(sql.release, binds);
          if (released == 0) {
            Shard shard = read(session, sql.find, lease.shardId()).shard();
            if (shard.fenceToken() != lease.fenceToken() || shard.owner().isPresent()) {
              throw lost(lease, shard);
            }
          }
          return released;
        });
  }

  private static boolean isStillOf(ShardLease lease, Shard shard) {
    return shard.fenceToken() == lease.fenceToken()
        && shard.owner().equals(Optional.of(lease.owner()));
  }

  private static LeaseLostException lost(ShardLease lease, Shard shard) {
    Reason reason;
    if (isStillOf(lease, shard)) {
      reason = Reason.EXPIRED;
    } else if (shard.fenceToken() == lease.fenceToken() && shard.owner().isEmpty()) {
      reason = Reason.GONE;
    } else {
      reason = Reason.TAKEN_OVER;
    }
    return new LeaseLostException("shard " + lease.shardId(), reason);
  }

  @Override
  public Optional<Shard> find(int shardId) {
    return database
        .read(
            "shards.find",
            session -> session.first(sql.find, Binds.of("shard_id", shardId), ShardRow::of))
        .map(ShardRow::shard);
  }

  @Override
  public Page<Shard> list(PageRequest page) {
    Require.nonNull("page", page);
    return database.read(
        "shards.list",
        session -> sql.list.page(session, Binds.none(), page, "", row -> ShardRow.of(row).shard()));
  }

  @Override
  public List<ShardLease> listOwned(String owner) {
    Require.id("owner", owner);
    return database.read("shards.listOwned", session -> ownedBy(session, owner)).stream()
        .filter(ShardRow::live)
        .map(ShardRow::lease)
        .toList();
  }

  private List<ShardRow> ownedBy(Session session, String owner) throws SQLException {
    return session.query(sql.ownedBy, Binds.of("owner_identity", owner), ShardRow::of);
  }

  @Override
  public int reclaimExpired(int limit) {
    Require.between("limit", limit, 1, PageRequest.MAXIMUM_LIMIT);
    return database.transaction(
        "shards.reclaimExpired",
        session -> {
          Set<Integer> expired = ids(session, sql.lockExpired, limit);
          session.batch(
              sql.clear, expired.stream().map(shardId -> Binds.of("shard_id", shardId)).toList());
          return expired.size();
        });
  }

  @Override
  public int bumpAllTokens() {
    // Committed by itself, so that owners' commits stop coming and the fences can be had.
    database.statement(
        "shards.endAllLeases", session -> session.update(sql.endAllLeases, Binds.none()));
    return database.transaction(
        "shards.bumpAllTokens",
        session -> {
          session.query(sql.lockAll, Binds.none(), row -> row.integer("shard_id"));
          session.update(sql.raiseAllFences, Binds.none());
          return session.update(sql.copyAllFences, Binds.none());
        });
  }

  private ShardRow read(Session session, Sql statement, int shardId) throws SQLException {
    return session
        .first(statement, Binds.of("shard_id", shardId), ShardRow::of)
        .orElseThrow(() -> unknown(shardId));
  }

  private Binds key(ShardLease lease) {
    return key(Require.nonNull("lease", lease).shardId())
        .and("owner_identity", lease.owner())
        .and("fence_token", lease.fenceToken());
  }

  private Binds key(int shardId) {
    if (shardId < 0 || shardId >= shardCount) {
      throw unknown(shardId);
    }
    return Binds.of("shard_id", shardId);
  }

  private InvalidRequestException unknown(int shardId) {
    return new InvalidRequestException(
        "shardId", "is " + shardId + ": there are shards 0 to " + (shardCount - 1));
  }
}
