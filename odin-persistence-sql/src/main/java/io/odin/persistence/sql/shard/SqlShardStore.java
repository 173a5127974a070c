package io.odin.persistence.sql.shard;

import static io.odin.persistence.sql.shard.HistoryShardsTable.ACQUIRED_AT;
import static io.odin.persistence.sql.shard.HistoryShardsTable.FENCE_TOKEN;
import static io.odin.persistence.sql.shard.HistoryShardsTable.LAST_HEARTBEAT;
import static io.odin.persistence.sql.shard.HistoryShardsTable.OWNER_IDENTITY;
import static io.odin.persistence.sql.shard.HistoryShardsTable.RELEASED_TOKEN;
import static io.odin.persistence.sql.shard.HistoryShardsTable.SHARD_ID;
import static io.odin.persistence.sql.shard.HistoryShardsTable.SHARD_OWNER_LEASE_EXPIRY;
import static io.odin.persistence.sql.shard.ShardSql.COUNT;
import static io.odin.persistence.sql.shard.ShardSql.IS_LIVE;
import static io.odin.persistence.sql.shard.ShardSql.TIME_TO_LIVE;
import static io.odin.persistence.sql.statement.Columns.LIMIT;

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
import io.odin.persistence.sql.statement.Write;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

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

  /**
   * A shard.
   *
   * @param live whether its lease was live by the database's clock when it was read
   * @param releasedToken the token of the last lease that its owner has released; 0 if none was
   */
  private record ShardRow(Shard shard, boolean live, long releasedToken) {

    static ShardRow of(Row row) throws SQLException {
      return new ShardRow(
          new Shard(
              row.get(SHARD_ID),
              row.optional(OWNER_IDENTITY),
              row.get(FENCE_TOKEN),
              row.optional(SHARD_OWNER_LEASE_EXPIRY),
              row.optional(ACQUIRED_AT),
              row.optional(LAST_HEARTBEAT)),
          row.get(IS_LIVE),
          row.get(RELEASED_TOKEN));
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

  private static Binds newRow(int shardId) {
    return Binds.of(SHARD_ID, shardId);
  }

  private long count(Session session) throws SQLException {
    return session.first(sql.count, Binds.none(), row -> row.get(COUNT)).orElse(0L);
  }

  private int insertFences(Session session) throws SQLException {
    List<Binds> missing =
        session.query(
            sql.withoutFence,
            Binds.none(),
            row -> Binds.of(SHARD_ID, row.get(SHARD_ID)).and(FENCE_TOKEN, row.get(FENCE_TOKEN)));
    return missing.isEmpty()
        ? 0
        : session.update(sql.insertFences, sql.fences.bind(Binds.none(), missing));
  }

  @Override
  public ShardAcquisition acquire(int shardId, String owner, Duration timeToLive) {
    Binds binds =
        key(shardId)
            .and(OWNER_IDENTITY, Require.id("owner", owner))
            .and(TIME_TO_LIVE, Require.positive("timeToLive", timeToLive));
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
            binds.and(FENCE_TOKEN, stored.shard().fenceToken());
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
                          Binds.of(SHARD_ID, shardId)
                              .and(OWNER_IDENTITY, owner)
                              .and(TIME_TO_LIVE, timeToLive))
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
        session.query(statement, Binds.of(LIMIT, limit), row -> row.get(SHARD_ID)));
  }

  @Override
  public ShardLease renew(ShardLease lease, Duration timeToLive) {
    Binds binds = key(lease).and(TIME_TO_LIVE, Require.positive("timeToLive", timeToLive));
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
  public List<ShardLease> renewAll(List<ShardLease> leases, Duration timeToLive) {
    Require.positive("timeToLive", timeToLive);
    Map<Integer, ShardLease> byShard = Shards.byShard("leases", leases);
    byShard.keySet().forEach(this::key);
    if (byShard.isEmpty()) {
      return List.of();
    }
    return database.transaction(
        "shards.renewAll",
        session -> {
          // Only what is live is written to: the row of another one may be locked by the process
          // that takes the shard over, and the other leases must not wait for that.
          List<Binds> live =
              held(session.query(sql.findEach, each(byShard.values()), ShardRow::of), byShard)
                  .map(ShardRow::lease)
                  .sorted(Comparator.comparingInt(ShardLease::shardId))
                  .map(this::key)
                  .toList();
          if (live.isEmpty()) {
            return List.of();
          }
          Binds renewed =
              Binds.none()
                  .andFromNow(SHARD_OWNER_LEASE_EXPIRY, timeToLive)
                  .andFromNow(LAST_HEARTBEAT, Duration.ZERO);
          List<Step.Result> results =
              session.run(
                  List.of(
                      Step.change(sql.renewEach, sql.leases.bind(renewed, live)),
                      Step.query(sql.findEach, each(byShard.values()), ShardRow::of)));
          return held(results.getLast().rows(ShardRow.class), byShard)
              .map(ShardRow::lease)
              .sorted(Comparator.comparingInt(ShardLease::shardId))
              .toList();
        });
  }

  private Binds each(Collection<ShardLease> leases) {
    return sql.shards.bind(
        Binds.none(), leases.stream().map(lease -> newRow(lease.shardId())).toList());
  }

  /** The rows that are live under these leases. */
  private static Stream<ShardRow> held(List<ShardRow> rows, Map<Integer, ShardLease> leases) {
    return rows.stream()
        .filter(
            row ->
                row.live()
                    && isStillOf(
                        Objects.requireNonNull(leases.get(row.shard().shardId())), row.shard()));
  }

  @Override
  public void release(ShardLease lease) {
    Binds binds = key(lease);
    database.write(
        "shards.release",
        Write.of(Step.change(sql.release, binds)),
        (session, results) -> {
          long released = results.getFirst().count();
          if (released == 0) {
            ShardRow stored = read(session, sql.find, lease.shardId());
            Shard shard = stored.shard();
            boolean isFree = shard.fenceToken() == lease.fenceToken() && shard.owner().isEmpty();
            // After a later owner has released as well, only that lease has ended is known.
            if (!isFree && lease.fenceToken() > stored.releasedToken()) {
              throw lost(lease, shard);
            }
            session.confirm();
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
            session -> session.first(sql.find, Binds.of(SHARD_ID, shardId), ShardRow::of))
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
    return session.query(sql.ownedBy, Binds.of(OWNER_IDENTITY, owner), ShardRow::of);
  }

  @Override
  public int reclaimExpired(int limit) {
    Require.between("limit", limit, 1, PageRequest.MAXIMUM_LIMIT);
    return database.transaction(
        "shards.reclaimExpired",
        session -> {
          Set<Integer> expired = ids(session, sql.lockExpired, limit);
          session.batch(
              sql.clear, expired.stream().map(shardId -> Binds.of(SHARD_ID, shardId)).toList());
          return expired.size();
        });
  }

  @Override
  public int bumpAllTokens() {
    return database.inParts(
        parts -> {
          // Committed by itself, so that owners' commits stop coming and the fences can be had.
          parts.write("shards.endAllLeases", Step.change(sql.endAllLeases, Binds.none()));
          return parts.transaction("shards.bumpAllTokens", this::bumpAllTokens);
        });
  }

  private int bumpAllTokens(Session session) throws SQLException {
    session.query(sql.lockAll, Binds.none(), row -> row.integer("shard_id"));
    session.update(sql.raiseAllFences, Binds.none());
    return session.update(sql.copyAllFences, Binds.none());
  }

  private ShardRow read(Session session, Sql statement, int shardId) throws SQLException {
    return session
        .first(statement, Binds.of(SHARD_ID, shardId), ShardRow::of)
        .orElseThrow(() -> unknown(shardId));
  }

  private Binds key(ShardLease lease) {
    return key(Require.nonNull("lease", lease).shardId())
        .and(OWNER_IDENTITY, lease.owner())
        .and(FENCE_TOKEN, lease.fenceToken());
  }

  private Binds key(int shardId) {
    if (shardId < 0 || shardId >= shardCount) {
      throw unknown(shardId);
    }
    return Binds.of(SHARD_ID, shardId);
  }

  private InvalidRequestException unknown(int shardId) {
    return new InvalidRequestException(
        "shardId", "is " + shardId + ": there are shards 0 to " + (shardCount - 1));
  }
}
