package io.odin.persistence.cli.torture;

import io.odin.persistence.cli.torture.Ledger.Verdict;
import io.odin.persistence.servers.DatabaseProcess;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.NetworkProxy;
import io.odin.persistence.servers.ReplicatedServer;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;

/** Lets a server and the network in front of it fail, one fault after the other. */
final class FaultInjector {

  private static final Duration LONGEST_RECOVERY = Duration.ofSeconds(60);
  // MySQL looks once a minute for space that was freed.
  private static final Duration LONGEST_WITHOUT_SPACE = Duration.ofSeconds(90);
  private static final int SHORTEST_MILLIS = 200;
  private static final int LONGEST_MILLIS = 4000;
  private static final int CALM_MILLIS = 3000;
  private static final Duration STEP = Duration.ofMillis(10);

  private final DatabaseServer server;
  private final ServerAdministration administration;
  private final NetworkProxy network;
  private final Ledger ledger;
  private final RandomGenerator random;
  private final List<Fault> faults;
  private final Map<Fault, List<Duration>> recoveries = new EnumMap<>(Fault.class);

  /**
   * Faults in an order that the numbers decide.
   *
   * @param server a {@link ReplicatedServer} if it is to fail over
   */
  FaultInjector(
      DatabaseServer server,
      ServerAdministration administration,
      NetworkProxy network,
      Ledger ledger,
      TortureSettings settings,
      RandomGenerator random) {
    this.server = server;
    this.administration = administration;
    this.network = network;
    this.ledger = ledger;
    this.random = random;
    faults = settings.faults().stream().sorted().toList();
  }

  /**
   * Injects faults until the end, and leaves a server and a network that work.
   *
   * @param end by {@link System#nanoTime}
   * @throws IOException if the server does not start again
   */
  void run(long end) throws IOException, SQLException, InterruptedException {
    while (System.nanoTime() < end) {
      pass(Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, CALM_MILLIS)));
      Fault fault = faults.get(random.nextInt(faults.size()));
      inject(fault, Duration.ofMillis(random.nextInt(SHORTEST_MILLIS, LONGEST_MILLIS)));
      recoveries.computeIfAbsent(fault, unused -> new ArrayList<>()).add(recovery(fault));
      if (fault == Fault.FAILOVER) {
        servers().addStandby();
      }
    }
  }

  private void inject(Fault fault, Duration time)
      throws IOException, SQLException, InterruptedException {
    switch (fault) {
      case KILL -> {
        process().kill();
        process().restart();
      }
      case PAUSE -> during(time, process()::pause, process()::resume);
      case CUT -> network.cut();
      case UNREACHABLE -> during(time, network::goDown, network::heal);
      case LOSE_REQUESTS -> during(time, network::loseRequests, network::heal);
      case LOSE_REPLIES -> during(time, network::loseReplies, network::heal);
      case READ_ONLY ->
          during(
              time,
              () -> administration.refuseWrites(server),
              () -> administration.acceptWrites(server));
      case KILL_CLIENTS -> administration.endSessions(server);
      case FULL_DISK -> during(time, process()::fillDisk, process()::freeDisk);
      case FAILOVER -> failOver();
    }
  }

  private DatabaseProcess process() {
    return server
        .process()
        .orElseThrow(
            () -> new IllegalStateException("the server is not a process of this command"));
  }

  private ReplicatedServer servers() {
    return (ReplicatedServer) server;
  }

  /** Clients go on with the address that they have. */
  private void failOver() throws IOException {
    servers().failOver();
    network.redirect(Torture.address(server.url()));
  }

  /** What begins or ends a fault. */
  @FunctionalInterface
  private interface Action {
    void run() throws IOException, SQLException;
  }

  private static void during(Duration time, Action begin, Action end)
      throws IOException, SQLException, InterruptedException {
    begin.run();
    try {
      pass(time);
    } finally {
      end.run();
    }
  }

  private static void pass(Duration time) throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    for (long left = time.toNanos(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
    }
  }

  /** How long it takes until a write succeeds again. */
  private Duration recovery(Fault fault) throws InterruptedException {
    Duration longest = fault == Fault.FULL_DISK ? LONGEST_WITHOUT_SPACE : LONGEST_RECOVERY;
    long healed = System.nanoTime();
    while (ledger.lastSuccess() - healed < 0) {
      if (System.nanoTime() - healed > longest.toNanos()) {
        ledger.found(
            Verdict.HUNG,
            "no write succeeded within %d s of the end of: %s"
                .formatted(longest.toSeconds(), fault.option()));
        return longest;
      }
      pass(STEP);
    }
    return Duration.ofNanos(ledger.lastSuccess() - healed);
  }

  /** How often each fault happened, and how long the recovery took each time. */
  Map<Fault, List<Duration>> recoveries() {
    return recoveries;
  }
}
