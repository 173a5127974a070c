package io.odin.persistence.cli.demo;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.demo.Findings.Kind;
import io.odin.persistence.cli.report.Monitoring;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.cli.report.OperationStatistics;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import io.odin.persistence.task.TaskQueue;
import io.odin.persistence.task.TaskQueueStore;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Runs the demo on a database: migrates an empty one, opens it, takes shards, processes orders in a
 * namespace of its own, and audits what the database holds then. Drops and deletes nothing.
 */
public final class Demo {

  private static final String[] HOSTS = {"host-a", "host-b"};
  private static final String NEW_HOST = "host-c";
  private static final int SHARDS_PER_HOST = 32;
  private static final int SHARDS_HANDED_OVER = 20;
  private static final int MOST_ORDERS_AT_ONCE = 500;
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final Duration STALLED_AFTER = Duration.ofSeconds(60);

  private final DemoSettings settings;
  private final PersistenceConfig config;
  private final OperationStatistics statistics = new OperationStatistics();
  private final Progress progress;
  private final Map<String, String> facts = new LinkedHashMap<>();

  /**
   * Prepares a demo.
   *
   * @param database which database; its pool and observer are set by the demo
   * @param progress told how far it has come
   */
  public Demo(DemoSettings settings, PersistenceConfig database, Progress progress) {
    this.settings = settings;
    this.config =
        database.toBuilder().maximumPoolSize(settings.connections()).observer(statistics).build();
    this.progress = progress;
  }

  /**
   * Runs it to its end.
   *
   * @throws DemoFailedException if it cannot go on
   * @throws SQLException if the database refuses the monitoring queries
   * @throws io.odin.persistence.error.PersistenceException if the database cannot be used
   */
  public DemoReport run() throws SQLException {
    progress.phase("preparing");
    migrateIfEmpty();
    try (Persistence persistence = Persistence.open(config)) {
      facts.put("backend", persistence.backend());
      facts.put("database", config.redactedUrl());
      NamespaceId namespace = createNamespace(persistence);
      Tally tally = new Tally();
      ShardDirectory shards =
          new ShardDirectory(persistence.shards(), persistence.shardCount(), tally);
      acquire(shards, persistence);
      try {
        Ends ends =
            new Ends(
                settings.workflows(),
                Math.min(MOST_ORDERS_AT_ONCE, Math.max(10, settings.workflows() / 4)),
                progress);
        return process(Floor.of(persistence, Queues.of(namespace), shards, tally, ends));
      } finally {
        shards.releaseAll();
      }
    }
  }

  private void migrateIfEmpty() {
    Schema schema = Persistence.schemaOf(config);
    SchemaStatus status = schema.status();
    if (status.installedVersion().isEmpty()) {
      progress.phase("creating the schema");
      status = schema.migrate();
    }
    status
        .installedVersion()
        .ifPresent(version -> facts.put("schemaVersion", Integer.toString(version)));
  }

  private NamespaceId createNamespace(Persistence persistence) {
    String name = "demo-" + UUID.randomUUID().toString().substring(0, 8);
    NamespaceId id = NamespaceId.create();
    persistence
        .namespaces()
        .create(
            id,
            name,
            NamespaceSettings.builder()
                .description("made by odin demo; nobody needs it any more")
                .retentionDays(1)
                .build());
    facts.put("namespace", name);
    return id;
  }

  private void acquire(ShardDirectory shards, Persistence persistence) {
    int perHost = Math.clamp(persistence.shardCount() / HOSTS.length, 1, SHARDS_PER_HOST);
    for (String host : HOSTS) {
      shards.acquire(host + "-" + facts.get("namespace"), perHost);
    }
    if (shards.size() == 0) {
      throw new DemoFailedException(
          "every shard of "
              + config.redactedUrl()
              + " is held by another owner: run the demo where no engine is at work; the shards of"
              + " an interrupted demo are free after "
              + ShardDirectory.TIME_TO_LIVE.toSeconds()
              + " s");
    }
    facts.put("shards", shards.size() + " of " + persistence.shardCount());
  }

  private List<Order> orderBook(ShardDirectory shards) {
    List<Order> orders = new ArrayList<>(settings.workflows());
    for (int number = 1; orders.size() < settings.workflows(); number++) {
      String id = "order-" + number;
      if (shards.holds(shards.shardOf(id))) {
        orders.add(Order.at(orders.size(), id));
      }
    }
    return orders;
  }

  private DemoReport process(Floor floor) throws SQLException {
    List<Order> orders = orderBook(floor.shards());
    Engine engine = new Engine(floor);
    TimerService timers = new TimerService(floor, engine);
    Audit audit = new Audit(floor);
    Map<MonitoringQuery, Table> halfWay;
    Table operations;
    Duration traffic;
    try (Crew crew = new Crew()) {
      timers.load(floor.shards().all());
      progress.phase("processing orders");
      long begin = System.nanoTime();
      hire(crew, floor, engine, timers, orders);
      await(crew, floor, floor.ends()::isHalfWay, audit);
      halfWay = monitor(floor.persistence().backend());
      scaleOut(floor.shards(), timers);
      await(crew, floor, floor.ends()::isComplete, audit);
      traffic = Duration.ofNanos(System.nanoTime() - begin);
      operations = statistics.toTable(traffic);
      progress.phase("waiting for late workers");
      await(crew, floor, () -> isDrained(floor), audit);
    }
    progress.phase("auditing");
    check(audit, orders);
    audit.remains(timers);
    Map<MonitoringQuery, Table> atEnd = monitor(floor.persistence().backend());
    return new DemoReport(
        facts, traffic, floor.tally().toTable(), operations, halfWay, atEnd, audit.findings());
  }

  /** Another host joins: it takes over shards while commits go on in them, and their timers. */
  private void scaleOut(ShardDirectory shards, TimerService timers) {
    int count = Math.min(SHARDS_HANDED_OVER, shards.size());
    timers.load(shards.handOver(NEW_HOST + "-" + facts.get("namespace"), count));
  }

  private void hire(
      Crew crew, Floor floor, Engine engine, TimerService timers, List<Order> orders) {
    Shop shop = new Shop(floor.tally());
    for (int i = 1; i <= settings.workers(); i++) {
      crew.hire(new WorkflowWorker(floor, engine, "workflow-worker-" + i)::work);
      crew.hire(new ActivityWorker(floor, engine, shop, "activity-worker-" + i)::work);
    }
    crew.hire(timers::work);
    crew.hire(new DeadLetterDesk(floor, engine, shop)::work);
    crew.hire(() -> floor.errands().next(Runnable::run));
    crew.hire(new Customers(floor, engine, crew, orders)::work);
    crew.hire(
        () -> {
          crew.await(ShardDirectory.renewalInterval());
          if (crew.isWorking()) {
            floor.shards().renewAll();
          }
        });
  }

  /** A condition of the demo as a whole. */
  @FunctionalInterface
  private interface Condition {
    boolean holds();
  }

  /** Waits; but not for ever, so that there is always an audit. */
  private static void await(Crew crew, Floor floor, Condition condition, Audit audit) {
    long begin = System.nanoTime();
    while (!condition.holds()) {
      crew.await(LOOK);
      crew.check();
      Duration waited = Duration.ofNanos(System.nanoTime() - begin);
      if (waited.compareTo(STALLED_AFTER) > 0
          && floor.ends().sinceLatest().compareTo(STALLED_AFTER) > 0) {
        audit
            .findings()
            .add(
                Kind.FAULT,
                "nothing moved any more when %d orders had ended and the queues held %d tasks"
                    .formatted(floor.ends().count(), depths(floor)));
        return;
      }
    }
  }

  private static boolean isDrained(Floor floor) {
    return floor.alarms().pending() == 0 && floor.errands().pending() == 0 && depths(floor) == 0;
  }

  private static long depths(Floor floor) {
    TaskQueueStore store = floor.persistence().taskQueues();
    long sum = 0;
    for (TaskQueue queue : List.of(floor.queues().workflow(), floor.queues().activity())) {
      sum += Audit.total(store.depth(queue));
    }
    return sum;
  }

  private void check(Audit audit, List<Order> orders) {
    try (ExecutorService auditors = Executors.newFixedThreadPool(2 * settings.workers())) {
      List<Future<?>> checks = new ArrayList<>();
      orders.forEach(order -> checks.add(auditors.submit(() -> audit.order(order))));
      for (Future<?> check : checks) {
        check.get();
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof PersistenceException cause) {
        throw cause;
      }
      throw new IllegalStateException("the audit failed", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new DemoFailedException("interrupted during the audit");
    }
  }

  private Map<MonitoringQuery, Table> monitor(String backend) throws SQLException {
    Map<MonitoringQuery, Table> tables = new EnumMap<>(MonitoringQuery.class);
    if (MonitoringQuery.existFor(backend)) {
      try (Monitoring monitoring = Monitoring.connect(backend, config)) {
        for (MonitoringQuery query : MonitoringQuery.ofWork()) {
          tables.put(query, monitoring.ask(query));
        }
      }
    }
    return tables;
  }
}
