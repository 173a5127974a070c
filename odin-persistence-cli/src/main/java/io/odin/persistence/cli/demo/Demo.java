package io.odin.persistence.cli.demo;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.demo.audit.ArchiveAudit;
import io.odin.persistence.cli.demo.audit.Audit;
import io.odin.persistence.cli.demo.audit.Findings;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.audit.Searches;
import io.odin.persistence.cli.demo.concurrent.CompletionTracker;
import io.odin.persistence.cli.demo.engine.Counters;
import io.odin.persistence.cli.demo.engine.Counters.Count;
import io.odin.persistence.cli.demo.engine.DemoContext;
import io.odin.persistence.cli.demo.engine.OrderQueues;
import io.odin.persistence.cli.demo.engine.OrderSchedule;
import io.odin.persistence.cli.demo.engine.ShardDirectory;
import io.odin.persistence.cli.demo.load.DemoRetention;
import io.odin.persistence.cli.demo.load.OldOrders;
import io.odin.persistence.cli.demo.load.Traffic;
import io.odin.persistence.cli.demo.order.Order;
import io.odin.persistence.cli.report.Monitoring;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.cli.report.OperationStatistics;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.retention.FileArchiver;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.schema.SchemaStatus;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Runs the demo on a database: migrates an empty one, opens it, takes shards, processes orders in a
 * new namespace, archives old ones, and audits what the database holds then. Drops nothing.
 */
public final class Demo {

  private static final List<String> HOSTS = List.of("host-a", "host-b");
  private static final String NEW_HOST = "host-c";
  private static final int SHARDS_PER_HOST = 32;
  private static final int SHARDS_HANDED_OVER = 20;
  private static final int MAX_OPEN_ORDERS = 500;

  private final DemoSettings settings;
  private final PersistenceConfig config;
  private final OperationStatistics statistics = new OperationStatistics();
  private final Progress progress;
  private final Map<String, String> facts = new LinkedHashMap<>();

  /**
   * Prepares a demo.
   *
   * @param database which database; its pool and observer are set by the demo
   * @param progress shows how many orders have ended
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
   * @throws IOException if the archive cannot be made in the directory for temporary files
   * @throws SQLException if the database refuses the monitoring queries
   * @throws InterruptedException if the thread is interrupted; the shards are released then, and
   *     the namespace of the demo is deleted
   * @throws io.odin.persistence.error.PersistenceException if the database cannot be used
   */
  public DemoReport run() throws IOException, SQLException, InterruptedException {
    progress.phase("preparing");
    migrateIfEmpty();
    try (Persistence persistence = Persistence.open(config);
        TemporaryDirectory archive = TemporaryDirectory.create()) {
      facts.put("backend", persistence.backend());
      facts.put("database", config.redactedUrl());
      DemoNamespace namespace = DemoNamespace.create(persistence);
      facts.put("namespace", namespace.name());
      Counters counters = new Counters();
      ShardDirectory shards =
          new ShardDirectory(persistence.shards(), persistence.shardCount(), counters);
      try {
        acquire(shards, persistence);
        CompletionTracker completions =
            new CompletionTracker(
                settings.orders(),
                Math.min(MAX_OPEN_ORDERS, Math.max(10, settings.workflows() / 4)),
                progress);
        DemoContext context =
            DemoContext.of(
                persistence, OrderQueues.of(namespace.id()), shards, counters, completions);
        return process(context, namespace, FileArchiver.in(archive.path()));
      } catch (InterruptedException | DemoFailedException e) {
        namespace.delete(persistence.namespaces());
        throw e;
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

  private void acquire(ShardDirectory shards, Persistence persistence) {
    int perHost = Math.clamp(persistence.shardCount() / HOSTS.size(), 1, SHARDS_PER_HOST);
    for (String host : HOSTS) {
      shards.acquire(host + "-" + facts.get("namespace"), perHost);
    }
    if (shards.size() == 0) {
      throw new DemoFailedException(
          "every shard of "
              + config.redactedUrl()
              + " is held by another owner: run the demo where no engine is at work; the shards of"
              + " a demo that was killed are free after "
              + ShardDirectory.TIME_TO_LIVE.toSeconds()
              + " s");
    }
    facts.put("shards", shards.size() + " of " + persistence.shardCount());
  }

  private DemoReport process(DemoContext context, DemoNamespace namespace, FileArchiver archiver)
      throws SQLException, InterruptedException {
    Findings findings = new Findings();
    DemoRetention retention = new DemoRetention(context, archiver);
    OldOrders old =
        OldOrders.importAll(
            context, Order.book("old", settings.oldOrders(), context.shards()::ownsShardOf));
    List<Order> orders = Order.book("order", settings.workflows(), context.shards()::ownsShardOf);
    OrderSchedule schedule = OrderSchedule.create(context, settings.dueTimes());
    Traffic traffic = new Traffic(context, schedule);
    Map<MonitoringQuery, Table> halfWay;
    Table operations;
    Duration time;
    try (traffic) {
      progress.phase("processing orders");
      long begin = System.nanoTime();
      traffic.begin(orders, settings.workers(), HOSTS);
      traffic.awaitHalfWay();
      halfWay = monitor(context.persistence().backend());
      traffic.scaleOut(NEW_HOST + "-" + namespace.name(), SHARDS_HANDED_OVER);
      traffic.awaitEnd();
      time = Duration.ofNanos(System.nanoTime() - begin);
      operations = statistics.toTable(time);
      progress.phase("waiting for late workers");
      traffic.awaitQuiet();
      progress.phase("archiving old orders");
      retention.work();
    }
    namespace.endArchiving(context.persistence().namespaces());
    progress.phase("auditing");
    new Audit(context, schedule, findings).check(orders, 2 * settings.workers(), traffic.timers());
    new ArchiveAudit(context.persistence(), archiver, findings)
        .check(old.runs(), context.counters().of(Count.RUNS_ARCHIVED));
    traffic.stalls().forEach(stall -> findings.add(Kind.FAULT, stall));
    return new DemoReport(
        facts,
        time,
        context.counters().toTable(),
        operations,
        halfWay,
        monitor(context.persistence().backend()),
        Searches.of(context.persistence().visibility(), namespace.id()),
        findings);
  }

  private Map<MonitoringQuery, Table> monitor(String backend) throws SQLException {
    Map<MonitoringQuery, Table> tables = new EnumMap<>(MonitoringQuery.class);
    try (Monitoring monitoring = Monitoring.connect(config)) {
      for (MonitoringQuery query : MonitoringQuery.ofWork(backend)) {
        tables.put(query, monitoring.ask(query));
      }
    }
    return tables;
  }
}
