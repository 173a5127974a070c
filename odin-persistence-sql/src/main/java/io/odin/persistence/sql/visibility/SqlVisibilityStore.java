package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.Columns.AGE;
import static io.odin.persistence.sql.statement.Columns.LIMIT;
import static io.odin.persistence.sql.statement.RunColumns.RUN_ID;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.TAG_KEY;
import static io.odin.persistence.sql.visibility.WorkflowTagsTable.TAG_VALUE;

import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.internal.Require;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Session;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.run.Position;
import io.odin.persistence.sql.run.RunMapper;
import io.odin.persistence.sql.run.Runs;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.GroupCount;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.VisibilityStore;
import io.odin.persistence.visibility.VisibilityWrite;
import io.odin.persistence.visibility.query.AttributeType;
import io.odin.persistence.visibility.query.SystemField;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Visibility in SQL. Thread-safe. */
final class SqlVisibilityStore implements VisibilityStore {

  private static final long LAST_VERSION = Long.MAX_VALUE - 1;

  private final Database database;
  private final Runs runs;
  private final LiveNamespaces live;
  private final VisibilitySql sql;
  private final VisibilityCommit commit;
  private final VisibilityCheck check;
  private final AttributeRegistry attributes;
  private final VisibilitySearch search;

  SqlVisibilityStore(
      Database database,
      Runs runs,
      LiveNamespaces live,
      VisibilitySql sql,
      VisibilityCommit commit,
      VisibilityCheck check,
      AttributeRegistry attributes,
      VisibilitySearch search) {
    this.database = database;
    this.runs = runs;
    this.live = live;
    this.sql = sql;
    this.commit = commit;
    this.check = check;
    this.attributes = attributes;
    this.search = search;
  }

  @Override
  public VisibilityWrite upsert(VisibilityRecord record, long version) {
    check.check(Require.nonNull("record", record), List.of(record.run()));
    Binds binds =
        VisibilityMapper.record(record, Require.between("version", version, 1, LAST_VERSION));
    NamespaceId namespace = record.run().namespace();
    List<Step> steps =
        List.of(live.step(namespace), runs.position(record.run()), Step.change(sql.upsert, binds));
    return database.transaction(
        "visibility.upsert",
        session -> {
          List<Step.Result> results = session.run(steps);
          VisibilityWrite outcome = outcome(results.getLast().count());
          switch (outcome) {
            case APPLIED -> {
              requireLive(results.getFirst(), namespace);
              for (Position run : results.get(1).rows(Position.class)) {
                requireAgreement(run.contradictionOf(record, version));
              }
            }
            case SUPERSEDED -> session.confirm();
          }
          return outcome;
        });
  }

  private static void requireLive(Step.Result found, NamespaceId namespace) {
    if (found.count() == 0) {
      throw LiveNamespaces.missing(namespace);
    }
  }

  private static void requireAgreement(Optional<String> contradiction) {
    Require.that(contradiction.isEmpty(), "record", () -> contradiction.orElse(""));
  }

  private static VisibilityWrite outcome(long changed) {
    return changed == 0 ? VisibilityWrite.SUPERSEDED : VisibilityWrite.APPLIED;
  }

  @Override
  public VisibilityWrite delete(RunKey run, long version) {
    Binds tombstone =
        VisibilityMapper.tombstone(
            Require.nonNull("run", run), Require.between("version", version, 1, LAST_VERSION));
    List<Step> steps =
        List.of(Step.change(sql.insertTombstone, tombstone), Step.change(sql.delete, tombstone));
    return database.transaction(
        "visibility.delete",
        session -> {
          VisibilityWrite outcome = outcome(session.run(steps).getLast().count());
          if (outcome == VisibilityWrite.APPLIED) {
            session.update(sql.deleteTags, tombstone);
          } else {
            session.confirm();
          }
          return outcome;
        });
  }

  @Override
  public int purgeTombstones(Duration age, int limit) {
    Binds old =
        Binds.of(AGE, Require.nonNegative("age", age))
            .and(LIMIT, (int) Require.between("limit", limit, 1, 1000));
    return database.transaction(
        "visibility.purgeTombstones",
        session -> {
          List<Binds> found =
              session.query(
                  sql.oldTombstones, old, row -> RunMapper.run(RunMapper.key(row)).and(AGE, age));
          return Arrays.stream(session.batch(sql.deleteTombstone, found)).sum();
        });
  }

  @Override
  public Optional<VisibilityRecord> find(RunKey run) {
    Binds key = RunMapper.run(Require.nonNull("run", run));
    return database.read(
        "visibility.find", session -> session.first(sql.find, key, VisibilityMapper::record));
  }

  @Override
  public Page<VisibilityRecord> list(
      NamespaceId namespace, VisibilityQuery query, VisibilityOrder order, PageRequest page) {
    return search.list(
        Require.nonNull("namespace", namespace),
        Require.nonNull("query", query),
        Require.nonNull("order", order),
        Require.nonNull("page", page));
  }

  @Override
  public long count(NamespaceId namespace, VisibilityQuery query) {
    return search.count(Require.nonNull("namespace", namespace), Require.nonNull("query", query));
  }

  @Override
  public List<GroupCount> countBy(
      NamespaceId namespace, VisibilityQuery query, VisibilityGroup group) {
    return search.countBy(
        Require.nonNull("namespace", namespace),
        Require.nonNull("query", query),
        Require.nonNull("group", group));
  }

  @Override
  public Page<VisibilityRecord> searchByTags(
      NamespaceId namespace, Tags tags, TagMatch match, PageRequest page) {
    Require.nonNull("namespace", namespace);
    Require.that(
        !Require.nonNull("tags", tags).values().isEmpty(),
        "tags",
        "are none: name at least one to look for");
    check.check(tags);
    return search.searchByTags(
        namespace, tags, Require.nonNull("match", match), Require.nonNull("page", page));
  }

  @Override
  public void setTags(RunKey run, Tags tags) {
    Require.nonNull("run", run);
    check.check(Require.nonNull("tags", tags));
    database.transaction("visibility.setTags", session -> setTags(session, run, tags));
  }

  private int setTags(Session session, RunKey run, Tags tags) throws SQLException {
    Step lock = Step.query(sql.lock, RunMapper.run(run), row -> row.get(RUN_ID));
    List<Step.Result> found = session.run(List.of(live.step(run.namespace()), lock));
    requireLive(found.getFirst(), run.namespace());
    if (found.getLast().count() == 0) {
      throw new NotFoundException("visibility record", run.toString());
    }
    return session.run(commit.replaceTags(run, tags)).size();
  }

  @Override
  public void registerAttribute(NamespaceId namespace, String name, AttributeType type) {
    Require.nonNull("namespace", namespace);
    Require.that(
        SystemField.named(Require.id("name", name)).isEmpty(),
        "name",
        "is " + name + ", a field that every run has: choose another");
    attributes.register(namespace, name, Require.nonNull("type", type));
  }

  @Override
  public SortedMap<String, AttributeType> attributes(NamespaceId namespace) {
    return attributes.read(Require.nonNull("namespace", namespace));
  }

  @Override
  public void removeAttribute(NamespaceId namespace, String name) {
    attributes.remove(Require.nonNull("namespace", namespace), Require.id("name", name));
  }

  @Override
  public Tags tags(RunKey run) {
    Binds key = RunMapper.run(Require.nonNull("run", run));
    return database.read(
        "visibility.tags",
        session ->
            new Tags(
                session
                    .query(sql.tags, key, row -> Map.entry(row.get(TAG_KEY), row.get(TAG_VALUE)))
                    .stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new))));
  }
}
