package io.odin.persistence.cli;

import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.demo.Demo;
import io.odin.persistence.cli.demo.DemoReport;
import io.odin.persistence.cli.demo.DemoSettings;
import io.odin.persistence.cli.report.Progress;
import io.odin.persistence.servers.DatabaseProduct;
import io.odin.persistence.servers.DatabaseServer;
import io.odin.persistence.servers.Durability;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Processes orders on a database and audits the result. */
@Command(
    name = "demo",
    header = "Processes orders on a database and audits the result.",
    description = {
      "",
      "Several workers at once process orders; then an audit proves from the",
      "database that nothing was lost and nothing done twice.",
      "",
      "Without --url it starts a PostgreSQL server, or with --backend mysql a",
      "MySQL server, and removes it at the end. With --url it runs on that",
      "database: it migrates it if it has no schema, works in a new namespace and",
      "in up to 64 free shards, and drops nothing. Run it where no engine is",
      "active: it claims due schedules of every namespace.",
      ""
    },
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--workflows",
      paramLabel = "N",
      defaultValue = "" + DemoSettings.DEFAULT_WORKFLOWS,
      description = "How many orders (${DEFAULT-VALUE}).")
  private int workflows;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "" + DemoSettings.DEFAULT_WORKERS,
      description =
          "How many workers for workflows, and as many for activities (${DEFAULT-VALUE}).")
  private int workers;

  @Option(names = "--json", description = "Prints the report as JSON.")
  private boolean json;

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    require("--workflows", workflows, DemoSettings.MAXIMUM_WORKFLOWS);
    require("--workers", workers, DemoSettings.MAXIMUM_WORKERS);
    DemoReport report = report();
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? report.toJson().toPrettyString() + "\n" : report.toText());
    out.flush();
    return report.findings().isClean() ? Odin.SUCCESS : Odin.FAILURE;
  }

  private DemoReport report() throws IOException, SQLException, InterruptedException {
    DemoSettings settings = new DemoSettings(workflows, workers);
    if (connection.hasUrl()) {
      return run(settings, connection.toConfig());
    }
    connection.requireFitForNewDatabase();
    try (DatabaseServer server = product().start(Durability.NONE, Map.of())) {
      PersistenceConfig.Builder config =
          PersistenceConfig.builder(server.create("odin"))
              .credentials(server.user(), server.password());
      return run(settings, connection.configure(config).build());
    }
  }

  private DatabaseProduct product() {
    String backend = connection.backend().orElse("postgres");
    return switch (backend) {
      case "postgres" -> DatabaseProduct.POSTGRES;
      case "mysql" -> DatabaseProduct.MYSQL;
      default ->
          throw new UsageException(
              spec.commandLine(),
              "--backend is " + backend + ": without --url it must be postgres or mysql");
    };
  }

  private static DemoReport run(DemoSettings settings, PersistenceConfig config)
      throws IOException, SQLException, InterruptedException {
    try (Progress progress = TerminalProgress.ifTerminal("demo", settings.orders())) {
      return new Demo(settings, config, progress).run();
    }
  }

  private void require(String option, int value, int maximum) {
    if (value < 1 || value > maximum) {
      throw new UsageException(
          spec.commandLine(), option + " is " + value + ": it must be 1 to " + maximum);
    }
  }
}
