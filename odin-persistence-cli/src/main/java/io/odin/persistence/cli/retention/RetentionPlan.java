package io.odin.persistence.cli.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.Persistence;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.namespace.Namespace;
import io.odin.persistence.namespace.NamespaceFilter;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.namespace.NamespaceSettings.Archival;
import io.odin.persistence.retention.ExpiredRun;
import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import io.odin.persistence.value.PageToken;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The expired runs, as they were when they were counted. */
public final class RetentionPlan {

  private static final int PAGE = 1000;

  private final Map<NamespaceId, Namespace> namespaces;
  private final Map<NamespaceId, Expired> expired = new HashMap<>();
  private final Map<Integer, Long> runsByShard = new TreeMap<>();

  private RetentionPlan(Map<NamespaceId, Namespace> namespaces) {
    this.namespaces = namespaces;
  }

  /** The expired runs of a namespace. */
  private record Expired(long runs, Instant oldest) {

    Expired and(Expired other) {
      return new Expired(runs + other.runs, oldest.isBefore(other.oldest) ? oldest : other.oldest);
    }
  }

  /**
   * Counts the runs of all shards and namespaces.
   *
   * @throws InterruptedException if the thread is interrupted
   */
  public static RetentionPlan of(Persistence persistence) throws InterruptedException {
    Map<NamespaceId, Namespace> namespaces = new HashMap<>();
    all(page -> persistence.namespaces().list(NamespaceFilter.ALL, page))
        .forEach(namespace -> namespaces.put(namespace.id(), namespace));
    RetentionPlan plan = new RetentionPlan(namespaces);
    for (int i = 0; i < persistence.shardCount(); i++) {
      if (Thread.interrupted()) {
        throw new InterruptedException("interrupted while expired runs were counted");
      }
      int shardId = i;
      all(page -> persistence.retention().findExpired(shardId, page))
          .forEach(run -> plan.add(shardId, run));
    }
    return plan;
  }

  /** All items of a listing, page by page. */
  static <T> Stream<T> all(Function<PageRequest, Page<T>> listing) {
    return Stream.iterate(
            Optional.of(listing.apply(PageRequest.first(PAGE))),
            Optional::isPresent,
            page -> page.get().next().map(token -> listing.apply(next(token))))
        .flatMap(page -> page.get().items().stream());
  }

  private static PageRequest next(PageToken token) {
    return new PageRequest(PAGE, Optional.of(token));
  }

  private void add(int shardId, ExpiredRun run) {
    runsByShard.merge(shardId, 1L, Long::sum);
    expired.merge(run.key().namespace(), new Expired(1, run.completedAt()), Expired::and);
  }

  /** How many runs there are. */
  public long runs() {
    return runsByShard.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The shards that have expired runs, with how many. */
  Map<Integer, Long> runsByShard() {
    return runsByShard;
  }

  /** The name of a namespace, or its id if it is deleted. */
  String nameOf(NamespaceId id) {
    Namespace namespace = namespaces.get(id);
    return namespace == null ? id.toString() : namespace.name();
  }

  /** The names of the namespaces that have expired runs and archive them, in order. */
  public List<String> archivingNamespaces() {
    return sorted()
        .filter(namespace -> isArchived(namespace.settings()))
        .map(Namespace::name)
        .toList();
  }

  private static boolean isArchived(NamespaceSettings settings) {
    return settings.historyArchival() == Archival.ENABLED
        || settings.visibilityArchival() == Archival.ENABLED;
  }

  private Stream<Namespace> sorted() {
    return expired.keySet().stream()
        .flatMap(id -> Optional.ofNullable(namespaces.get(id)).stream())
        .sorted(Comparator.comparing(Namespace::name));
  }

  /** What would be deleted, as text. */
  public String toText() {
    return "%s\nto delete: %d runs in %d shards\n"
        .formatted(toTable().toText(), runs(), runsByShard.size());
  }

  /** What would be deleted, as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("runs", runs());
    json.put("shards", runsByShard.size());
    json.set("namespaces", toTable().toJson());
    return json;
  }

  private Table toTable() {
    Table.Builder table =
        Table.builder("Expired runs", "namespace", "retention_days", "archived", "runs", "oldest");
    sorted()
        .forEach(
            namespace -> {
              Expired runs = expired.getOrDefault(namespace.id(), new Expired(0, Instant.MAX));
              table
                  .cell(namespace.name())
                  .cell(namespace.settings().retentionDays())
                  .cell(isArchived(namespace.settings()) ? "yes" : "no")
                  .cell(runs.runs())
                  .cell(runs.oldest().toString());
            });
    return table.build();
  }
}
