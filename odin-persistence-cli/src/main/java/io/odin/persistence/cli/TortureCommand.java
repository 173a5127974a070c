package io.odin.persistence.cli;

import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.cli.torture.Fault;
import io.odin.persistence.cli.torture.Torture;
import io.odin.persistence.cli.torture.TortureReport;
import io.odin.persistence.cli.torture.TortureSettings;
import io.odin.persistence.servers.DatabaseProduct;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.files.Disk;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Works on a server that fails, and audits what was reported to callers. */
@Command(
    name = "torture",
    header = "Works on a server that fails, and audits what was reported to callers.",
    description = {
      "",
      "It starts a server of its own with full durability, works on it with",
      "tasks, runs, signals and shards, and meanwhile kills, stops and cuts off",
      "the server at random. It keeps a ledger of what was reported to callers outside",
      "of the database and compares it with the tables at the end.",
      ""
    },
    sortOptions = false)
final class TortureCommand implements Callable<Integer> {

  private static final int SHARDS = 32;
  private static final int MAXIMUM_WORKERS = 16;
  private static final Duration MAXIMUM_DURATION = Duration.ofDays(7);

  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "NAME",
      defaultValue = "postgres",
      description = "Which server: postgres or mysql (${DEFAULT-VALUE}).")
  private String backend = "";

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "1m",
      description = "How long, such as 90s, 20m or 2h (${DEFAULT-VALUE}).")
  private String duration = "";

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "Repeats the faults of an earlier run. Default: a random number.")
  private @Nullable Long seed;

  @Option(
      names = "--faults",
      paramLabel = "NAME",
      split = ",",
      description = {
        "What may happen, separated by commas: kill, pause, cut,",
        "unreachable, lose-requests, lose-replies, read-only,",
        "kill-clients, full-disk, failover. Default: all, but",
        "full-disk only where this user may mount a file system."
      })
  private @Nullable List<String> faults;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "4",
      description = "Threads of each of the three kinds of load (${DEFAULT-VALUE}).")
  private int workers;

  @Option(names = "--json", description = "Prints the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    TortureSettings settings =
        new TortureSettings(readDuration(), readSeed(), readFaults(), readWorkers());
    DatabaseProduct product = product();
    TortureReport report;
    try (Progress progress = TerminalProgress.ifTerminal("torture", -1);
        DatabaseServer server = start(product, settings)) {
      report = new Torture(settings, server, progress).run(SHARDS);
    }
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.toJson().toPrettyString() + "\n" : report.toText());
    out.flush();
    return report.isClean() ? Odin.SUCCESS : Odin.FAILURE;
  }

  private static DatabaseServer start(DatabaseProduct product, TortureSettings settings)
      throws IOException {
    Set<Fault> faults = settings.faults();
    if (faults.contains(Fault.FULL_DISK)) {
      return product.startReplicated(Durability.FULL, Map.of(), Disk.OWN);
    }
    return faults.contains(Fault.FAILOVER)
        ? product.startReplicated(Durability.FULL, Map.of(), Disk.SHARED)
        : product.start(Durability.FULL, Map.of());
  }

  private DatabaseProduct product() {
    return switch (backend) {
      case "postgres" -> DatabaseProduct.POSTGRES;
      case "mysql" -> DatabaseProduct.MYSQL;
      default -> throw usage("--backend must be postgres or mysql");
    };
  }

  private Duration readDuration() {
    try {
      Duration time = Duration.parse("PT" + duration.toUpperCase(Locale.ROOT));
      if (time.isPositive() && time.compareTo(MAXIMUM_DURATION) <= 0) {
        return time;
      }
    } catch (DateTimeParseException e) {
      // Reported below, as a time that is too long is.
    }
    throw usage("--duration must be like 90s, 20m or 2h, and at most 168h");
  }

  private long readSeed() {
    return seed == null ? ThreadLocalRandom.current().nextLong(1, 1_000_000) : seed;
  }

  private Set<Fault> readFaults() {
    if (faults == null) {
      return Fault.possible();
    }
    try {
      Set<Fault> named = Fault.of(faults);
      if (named.contains(Fault.FULL_DISK) && !Disk.canBeOwn()) {
        throw usage(
            "--faults: full-disk needs a user who may mount a file system, as root on Linux");
      }
      return named;
    } catch (IllegalArgumentException e) {
      throw usage("--faults must be some of " + Fault.names());
    }
  }

  private int readWorkers() {
    if (workers < 1 || workers > MAXIMUM_WORKERS) {
      throw usage("--workers is " + workers + ": it must be 1 to " + MAXIMUM_WORKERS);
    }
    return workers;
  }

  private UsageException usage(String message) {
    return new UsageException(spec.commandLine(), message);
  }
}
