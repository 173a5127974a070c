package io.odin.persistence.cli.torture;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.cli.torture.Ledger.Verdict;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.NetworkProxy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.random.RandomGenerator;

/**
 * Works on a server through the API while the server and the network fail, and compares what was
 * reported to callers with what the database holds at the end.
 */
public final class Torture {

  /** The database that it works in. */
  static final String DATABASE = "odin";

  private static final Duration LONGEST_CALL = Duration.ofSeconds(90);
  private static final Duration CONNECTION_TIMEOUT = Duration.ofSeconds(5);
  private static final int COMPETING_SHARDS = 8;
  private static final int KINDS_OF_LOAD = 3;

  private final TortureSettings settings;
  private final DatabaseServer server;
  private final Progress progress;
  private final Ledger ledger = new Ledger();

  /**
   * Prepares a torture.
   *
   * @param server was started by this command, and has no other users
   */
  public Torture(TortureSettings settings, DatabaseServer server, Progress progress) {
    this.settings = settings;
    this.server = server;
    this.progress = progress;
  }

  /**
   * Runs it to its end.
   *
   * @param shards the number of shards of the new database, more than there are workers
   * @throws IOException if the server does not start again after a fault
   * @throws SQLException if the server refuses what an administrator does
   * @throws InterruptedException if the thread is interrupted
   */
  public TortureReport run(int shards) throws IOException, SQLException, InterruptedException {
    String url = server.create(DATABASE);
    try (NetworkProxy network = NetworkProxy.to(address(url))) {
      PersistenceConfig config =
          PersistenceConfig.builder(throughProxy(url, network.port()))
              .credentials(server.user(), server.password())
              .maximumPoolSize(KINDS_OF_LOAD * settings.workers() + 2)
              .connectionTimeout(CONNECTION_TIMEOUT)
              .shardCount(shards)
              .build();
      progress.phase("creating the schema");
      Persistence.schemaOf(config).migrate();
      try (Persistence persistence = Persistence.open(config)) {
        return run(persistence, network);
      }
    }
  }

  /** The address of the server that a JDBC URL names. */
  static InetSocketAddress address(String url) {
    URI uri = URI.create(url.substring("jdbc:".length()));
    return new InetSocketAddress(uri.getHost(), uri.getPort());
  }

  private static String throughProxy(String url, int port) {
    return url.replace(":" + address(url).getPort() + "/", ":" + port + "/");
  }

  private TortureReport run(Persistence persistence, NetworkProxy network)
      throws IOException, SQLException, InterruptedException {
    SplittableRandom random = new SplittableRandom(settings.seed());
    FaultInjector faults =
        new FaultInjector(
            server,
            ServerAdministration.of(persistence.backend()),
            network,
            ledger,
            settings,
            random.split());
    List<Load> loads = loads(persistence);
    progress.phase("working under faults");
    long begin = System.nanoTime();
    work(loads, random, () -> faults.run(begin + settings.duration().toNanos()));
    Duration time = Duration.ofNanos(System.nanoTime() - begin);
    progress.phase("auditing");
    loads.forEach(load -> load.audit(ledger));
    return new TortureReport(
        persistence.backend(),
        settings,
        time,
        faults.recoveries(),
        loads.stream().map(Load::scope).toList(),
        ledger);
  }

  private List<Load> loads(Persistence persistence) {
    NamespaceId namespace = NamespaceId.create();
    persistence
        .namespaces()
        .create(namespace, "torture", NamespaceSettings.builder().retentionDays(1).build());
    Calls calls = new Calls(ledger, LONGEST_CALL);
    TaskLoad tasks = new TaskLoad(persistence.taskQueues(), calls, ledger, namespace);
    return List.of(
        tasks,
        new RunLoad(persistence, calls, ledger, tasks, namespace, settings.workers()),
        new ShardLoad(persistence.shards(), calls, settings.workers(), COMPETING_SHARDS));
  }

  /** What happens to the server meanwhile. */
  @FunctionalInterface
  private interface Disturbance {
    void run() throws IOException, SQLException, InterruptedException;
  }

  private void work(List<Load> loads, SplittableRandom random, Disturbance disturbance)
      throws IOException, SQLException, InterruptedException {
    AtomicBoolean running = new AtomicBoolean(true);
    ExecutorService threads =
        Executors.newThreadPerTaskExecutor(
            Thread.ofPlatform().name("odin-torture-", 0).daemon(true).factory());
    try {
      for (Load load : loads) {
        for (int i = 0; i < settings.workers(); i++) {
          int worker = i;
          SplittableRandom choices = random.split();
          threads.execute(() -> repeat(load, worker, choices, running));
        }
      }
      disturbance.run();
    } finally {
      running.set(false);
      threads.shutdown();
      if (!threads.awaitTermination(2 * LONGEST_CALL.toSeconds(), TimeUnit.SECONDS)) {
        ledger.found(
            Verdict.HUNG,
            "a call had not ended " + 2 * LONGEST_CALL.toSeconds() + " s after the last fault");
        threads.shutdownNow();
      }
    }
  }

  private void repeat(Load load, int worker, RandomGenerator random, AtomicBoolean running) {
    while (running.get()) {
      try {
        load.work(worker, random);
        progress.step();
      } catch (RuntimeException e) {
        ledger.found(Verdict.FAULT, load.name() + ": " + e);
      }
    }
  }
}
