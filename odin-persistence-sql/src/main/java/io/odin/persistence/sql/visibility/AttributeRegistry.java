package io.odin.persistence.sql.visibility;

import static io.odin.persistence.sql.statement.RunColumns.NAMESPACE_ID;
import static io.odin.persistence.sql.visibility.SearchAttributesTable.ATTRIBUTE_NAME;
import static io.odin.persistence.sql.visibility.SearchAttributesTable.ATTRIBUTE_TYPE;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.sql.database.Database;
import io.odin.persistence.sql.namespace.LiveNamespaces;
import io.odin.persistence.sql.statement.Binds;
import io.odin.persistence.sql.statement.Step;
import io.odin.persistence.sql.statement.Write;
import io.odin.persistence.visibility.query.AttributeType;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The search attributes that namespaces have registered, cached for a short while so that commits
 * need not ask for them. What another process registers is found at once, since what is refused is
 * judged again by what is stored; what another process removes is still taken for up to ten
 * seconds. Thread-safe.
 */
final class AttributeRegistry {

  private static final long MAXIMUM_AGE_NANOS = Duration.ofSeconds(10).toNanos();

  private final Database database;
  private final VisibilitySql sql;
  private final Map<NamespaceId, CachedAttributes> cached = new ConcurrentHashMap<>();

  AttributeRegistry(Database database, VisibilitySql sql) {
    this.database = database;
    this.sql = sql;
  }

  private record CachedAttributes(Map<String, AttributeType> attributes, long readAt) {
    boolean isFresh() {
      return System.nanoTime() - readAt < MAXIMUM_AGE_NANOS;
    }
  }

  /** The attributes as they are stored now, by name. */
  SortedMap<String, AttributeType> read(NamespaceId namespace) {
    long readAt = System.nanoTime();
    SortedMap<String, AttributeType> attributes =
        database.read(
            "visibility.attributes",
            session ->
                session
                    .query(
                        sql.attributes,
                        Binds.of(NAMESPACE_ID, namespace.value()),
                        row ->
                            Map.entry(
                                row.get(ATTRIBUTE_NAME), AttributeType.of(row.get(ATTRIBUTE_TYPE))))
                    .stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey, Map.Entry::getValue, (a, b) -> b, TreeMap::new)));
    cached.values().removeIf(other -> !other.isFresh());
    cached.put(namespace, new CachedAttributes(Map.copyOf(attributes), readAt));
    return attributes;
  }

  void register(NamespaceId namespace, String name, AttributeType type) {
    Binds binds =
        Binds.of(NAMESPACE_ID, namespace.value())
            .and(ATTRIBUTE_NAME, name)
            .and(ATTRIBUTE_TYPE, type.value());
    long inserted = change("visibility.registerAttribute", Step.change(sql.insertAttribute, binds));
    if (inserted == 1) {
      cached.remove(namespace);
      return;
    }
    AttributeType stored = read(namespace).get(name);
    if (stored == null) {
      throw LiveNamespaces.missing(namespace);
    }
    if (stored != type) {
      throw new AlreadyExistsException("search attribute", name, stored);
    }
  }

  void remove(NamespaceId namespace, String name) {
    Binds binds = Binds.of(NAMESPACE_ID, namespace.value()).and(ATTRIBUTE_NAME, name);
    change("visibility.removeAttribute", Step.change(sql.deleteAttribute, binds));
    cached.remove(namespace);
  }

  private long change(String operation, Step change) {
    return database.write(
        operation,
        Write.of(change),
        (session, results) -> {
          long changed = results.getFirst().count();
          if (changed == 0) {
            session.confirm();
          }
          return changed;
        });
  }

  /**
   * Judges something by the attributes of a namespace: by those cached, and once more by those
   * stored if it is refused.
   */
  <T> T judge(NamespaceId namespace, Function<Map<String, AttributeType>, T> judgement) {
    CachedAttributes known = cached.get(namespace);
    if (known != null && known.isFresh()) {
      try {
        return judgement.apply(known.attributes());
      } catch (InvalidRequestException e) {
        // What is stored has the last word.
      }
    }
    return judgement.apply(read(namespace));
  }
}
