package io.odin.persistence.benchmarks;

import io.odin.persistence.benchmarks.engine.Engine;
import io.odin.persistence.benchmarks.harness.DisturbanceResult;
import io.odin.persistence.benchmarks.harness.Entry;
import io.odin.persistence.benchmarks.harness.Row;
import io.odin.persistence.benchmarks.harness.RowResult;
import io.odin.persistence.benchmarks.harness.Runner;
import io.odin.persistence.benchmarks.harness.Runner.Pace;
import io.odin.persistence.benchmarks.harness.Server;
import io.odin.persistence.benchmarks.harness.Stage;
import io.odin.persistence.benchmarks.rows.DeletionBesidePolls;
import io.odin.persistence.cli.Program;
import io.odin.persistence.cli.UsageException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.servers.DatabaseProduct;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import io.odin.persistence.servers.NetworkProxy;
import io.odin.persistence.servers.process.AtExit;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Spec;

/** {@code ./odin bench}: measures the library against plain JDBC and against peers. */
@Command(
    name = "odin bench",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    description = {
      "Measures the library against the same SQL on plain JDBC, and against db-scheduler: side by"
          + " side, in turns, on PostgreSQL or MySQL with durable commits.",
      "Without --url on a dedicated server, which is removed afterwards."
    })
public final class Benchmarks implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--backend",
      paramLabel = "BACKEND",
      description = "What to start without --url: ${COMPLETION-CANDIDATES}.")
  private DatabaseProduct backend = DatabaseProduct.POSTGRES;

  @Option(
      names = "--url",
      paramLabel = "JDBC-URL",
      description =
          "Measure on this server, PostgreSQL or MySQL. Makes databases called odin_bench_... and"
              + " drops them.")
  private @Nullable String url;

  @Option(
      names = "--user",
      description = "Who may make databases there. Without it: postgres, or root.")
  private @Nullable String user;

  @Option(
      names = "--password",
      arity = "0..1",
      interactive = true,
      showDefaultValue = CommandLine.Help.Visibility.NEVER,
      description = "The password; asked for if it is not given here.")
  private String password = "";

  @Option(names = "--quick", description = "Only the most important rows, about four minutes.")
  private boolean quick;

  @Option(names = "--list", description = "Print the names of the rows, and stop.")
  private boolean list;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ROW",
      description = "Only these rows; * stands for anything.")
  private List<String> rows = List.of();

  @Option(
      names = "--workers",
      split = ",",
      paramLabel = "N",
      description = "How many at once. Without it: 1, 8 and 32, with --quick 8.")
  private List<Integer> workers = List.of();

  @Option(names = "--seconds", description = "How long a slice is: one turn of one side.")
  private double seconds = 1;

  @Option(
      names = "--rounds",
      description = "How many turns each side has. Without it: 7, with --quick 3.")
  private @Nullable Integer rounds;

  @Option(
      names = "--warm-up",
      paramLabel = "OPERATIONS",
      description =
          "How many operations of each side do not count at first, if 40 seconds are enough for"
              + " them; with 0, four turns. Without it: 25000, with --quick 0.")
  private @Nullable Integer warmUp;

  @Option(
      names = "--patience",
      paramLabel = "SECONDS",
      description = "How long to wait before each row until the machine is idle.")
  private int patience = 20;

  @Option(
      names = "--round-trip",
      paramLabel = "TIME",
      converter = ShortDuration.class,
      description =
          "How much longer every request and its reply take together, as over a network: 500us,"
              + " 2ms. Not while databases are made and refilled.")
  private Duration roundTrip = Duration.ZERO;

  @Option(names = "--json", paramLabel = "FILE", description = "Where the results are written.")
  private Path json = Path.of("odin-bench.json");

  private Benchmarks() {}

  /** Runs the command and ends the program with its status. */
  public static void main(String[] args) {
    Program.run(new CommandLine(new Benchmarks()), args);
  }

  /** Runs the command in this process; 0 if all went well. */
  static int run(String... args) {
    return new CommandLine(new Benchmarks())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setExecutionExceptionHandler(Benchmarks::fail)
        .execute(args);
  }

  /** What a user can do something about is one line; anything else is a fault of this program. */
  private static int fail(Exception failure, CommandLine command, ParseResult parsed)
      throws Exception {
    if (!(failure instanceof IOException)) {
      throw failure;
    }
    command.getErr().println("odin: " + failure.getMessage());
    return command.getCommandSpec().exitCodeOnExecutionException();
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    if (list) {
      Suite.names().forEach(out::println);
      return 0;
    }
    List<List<Entry>> groups = groups();
    Pace pace = pace();
    if (url != null) {
      String account = user != null ? user : Engine.of(url).superuser();
      DatabaseProduct.requireDriver(url);
      return measureFromAway(Server.at(url, account, password), groups, pace, out);
    }
    out.println("Starting a server ...");
    out.flush();
    try (DatabaseServer server = backend.start(Durability.FULL, serverSettings())) {
      Server started = Server.at(server.url(), server.user(), server.password());
      return measureFromAway(started, groups, pace, out);
    }
  }

  private int measureFromAway(Server server, List<List<Entry>> groups, Pace pace, PrintWriter out)
      throws SQLException, IOException, InterruptedException {
    if (roundTrip.isZero()) {
      return measure(server, groups, pace, out);
    }
    try (NetworkProxy network = NetworkProxy.to(server.address(), roundTrip)) {
      return measure(server.measuredThrough(network.port()), groups, pace, out);
    }
  }

  /**
   * Memory and log enough for a million tasks, and no TLS, which the baseline would not be without.
   */
  private Map<String, String> serverSettings() {
    return switch (backend) {
      case POSTGRES ->
          Map.of("shared_buffers", "128MB", "max_wal_size", "4GB", "max_connections", "200");
      case MYSQL ->
          Map.of(
              "innodb-buffer-pool-size", "1G",
              "loose-innodb-redo-log-capacity", "4G",
              "max-connections", "200",
              "tls-version", "");
    };
  }

  private List<List<Entry>> groups() {
    for (String pattern : rows) {
      if (Suite.names().stream().noneMatch(name -> matches(name, pattern))) {
        throw new UsageException(
            spec.commandLine(), "no row is called " + pattern + ": see --list");
      }
    }
    Predicate<Row> chosen =
        rows.isEmpty()
            ? row -> !quick || Suite.isImportant(row)
            : row -> rows.stream().anyMatch(pattern -> matches(row.name(), pattern));
    Set<Integer> counts = new TreeSet<>(workers);
    if (counts.isEmpty()) {
      counts.addAll(quick ? List.of(8) : List.of(1, 8, 32));
    }
    return Suite.groups(counts, chosen);
  }

  private static boolean matches(String name, String pattern) {
    return name.matches("\\Q" + pattern.replace("*", "\\E.*\\Q") + "\\E");
  }

  /** What cannot be measured is refused before a server is started. */
  private Pace pace() {
    Pace pace =
        new Pace(
            Duration.ofMillis(Math.round(seconds * 1000)),
            rounds != null ? rounds : quick ? 3 : 7,
            warmUp != null ? warmUp : quick ? 0 : 25_000,
            Duration.ofSeconds(patience));
    require("--workers", workers.stream().allMatch(count -> count > 0), "from 1");
    require("--seconds", pace.slice().isPositive(), "from 0.001");
    require("--rounds", pace.rounds() > 0, "from 1");
    require("--warm-up", pace.warmUp() >= 0, "from 0");
    require("--patience", patience >= 0, "from 0");
    return pace;
  }

  private void require(String option, boolean holds, String range) {
    if (!holds) {
      throw new UsageException(
          spec.commandLine(), option + " is too little: it must be a number " + range + " on");
    }
  }

  private int measure(Server server, List<List<Entry>> groups, Pace pace, PrintWriter out)
      throws SQLException, IOException, InterruptedException {
    Map<String, String> settings = server.settings();
    Distance distance = new Distance(roundTrip, server.roundTrip());
    settings.forEach((name, value) -> out.println("  " + name + " = " + value));
    out.println("  " + distance);
    List<RowResult> results = new ArrayList<>();
    List<DisturbanceResult> disturbances = new ArrayList<>();
    int failures = 0;
    try (Stage stage = Stage.open(server)) {
      Runner runner = new Runner(stage, pace);
      for (List<Entry> group : groups) {
        try {
          runner.measure(
              group,
              result -> {
                results.add(result);
                out.println(Report.line(result));
                out.flush();
              });
        } catch (SQLException | PersistenceException | IllegalStateException e) {
          if (AtExit.hasBegun()) {
            throw e;
          }
          failures++;
          out.println(group.getFirst().row().name() + " FAILED: " + e);
        }
      }
      if (rows.stream().anyMatch(pattern -> matches(DeletionBesidePolls.NAME, pattern))
          || (rows.isEmpty() && !quick)) {
        disturbances.add(Suite.DELETION.measure(stage, pace.rounds()));
      }
    }
    out.println();
    String product =
        server.engine().name() + " " + settings.get(server.engine().importantSettings().getFirst());
    Report.tables(product + ", " + distance, results, disturbances)
        .forEach(table -> out.println(table.toText()));
    Report.differences(results).forEach(out::println);
    JsonReport.write(json, product, settings, distance, pace, results, disturbances);
    out.println("Written to " + json);
    return failures == 0 ? 0 : 1;
  }
}
