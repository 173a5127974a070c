package io.odin.persistence.sql.visibility;

import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.database.Dialect;
import io.odin.persistence.sql.database.PagedQuery;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Columns;
import io.odin.persistence.sql.statement.Renderer;
import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.visibility.GroupCount;
import io.odin.persistence.visibility.TagMatch;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityGroup;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.Condition;
import io.odin.persistence.visibility.query.Condition.And;
import io.odin.persistence.visibility.query.Condition.Comparison;
import io.odin.persistence.visibility.query.Condition.Or;
import io.odin.persistence.visibility.query.Field.Tag;
import io.odin.persistence.visibility.query.Operator;
import io.odin.persistence.visibility.query.Value.Text;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Lists and counts what queries find. Thread-safe. */
final class VisibilitySearch {

  private static final int MAXIMUM_GROUPS = 1000;
  // Programs ask in few forms, people in any number; a text takes some kilobytes.
  private static final int CACHE_SIZE = 200;

  private final Database database;
  private final Dialect dialect;
  private final Renderer renderer;
  private final AttributeRegistry attributes;
  private final LruCache<List<Object>, PagedQuery> lists = new LruCache<>(CACHE_SIZE);
  private final LruCache<List<Object>, Sql> counts = new LruCache<>(CACHE_SIZE);

  VisibilitySearch(
      Database database, Dialect dialect, Renderer renderer, AttributeRegistry attributes) {
    this.database = database;
    this.dialect = dialect;
    this.renderer = renderer;
    this.attributes = attributes;
  }

  Page<VisibilityRecord> list(
      NamespaceId namespace, VisibilityQuery query, VisibilityOrder order, PageRequest page) {
    return list(
        "visibility.list",
        bound(namespace, query),
        order,
        page,
        namespace + "\n" + order + "\n" + query.text());
  }

  Page<VisibilityRecord> searchByTags(
      NamespaceId namespace, Tags tags, TagMatch match, PageRequest page) {
    List<Condition> each =
        tags.values().entrySet().stream()
            .<Condition>map(
                tag ->
                    new Comparison(new Tag(tag.getKey()), Operator.EQUAL, new Text(tag.getValue())))
            .toList();
    Condition wanted =
        switch (match) {
          case ALL -> new And(each);
          case ANY -> new Or(each);
        };
    return list(
        "visibility.searchByTags",
        new SearchSql(dialect, renderer, namespace, Optional.of(wanted)),
        VisibilityOrder.CLOSE_TIME,
        page,
        namespace + "\n" + match + "\n" + scope(tags));
  }

  /** With the lengths: no two sets of tags have one text. */
  private static String scope(Tags tags) {
    return tags.values().entrySet().stream()
        .flatMap(tag -> Stream.of(tag.getKey(), tag.getValue()))
        .map(text -> text.length() + ":" + text)
        .collect(Collectors.joining());
  }

  private Page<VisibilityRecord> list(
      String operation, SearchSql search, VisibilityOrder order, PageRequest page, String scope) {
    PagedQuery listing =
        lists.of(List.of(operation, order, search.shape()), () -> search.list(operation, order));
    return database.search(
        operation,
        session -> listing.search(session, search.binds(), page, scope, VisibilityMapper::record));
  }

  long count(NamespaceId namespace, VisibilityQuery query) {
    SearchSql search = bound(namespace, query);
    Sql count = counts.of(List.of(search.shape()), search::count);
    return database.search(
        "visibility.count",
        session ->
            session.search(count, search.binds(), row -> row.get(SearchSql.RUNS)).getFirst());
  }

  List<GroupCount> countBy(NamespaceId namespace, VisibilityQuery query, VisibilityGroup group) {
    SearchSql search = bound(namespace, query);
    Sql count = counts.of(List.of(group, search.shape()), () -> search.countBy(group));
    Binds binds = search.binds().and(Columns.LIMIT, MAXIMUM_GROUPS);
    return database.search(
        "visibility.countBy",
        session ->
            session.search(
                count,
                binds,
                row -> new GroupCount(row.get(SearchSql.VALUE), row.get(SearchSql.RUNS))));
  }

  private SearchSql bound(NamespaceId namespace, VisibilityQuery query) {
    return new SearchSql(dialect, renderer, namespace, attributes.judge(namespace, query::bind));
  }
}
