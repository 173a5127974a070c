package io.odin.persistence.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.report.Monitoring;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.cli.report.Table;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows the monitoring queries, over and over. */
@Command(
    name = "monitor",
    header = "Shows what the monitoring queries find, over and over.",
    description = {
      "",
      "The queries are those of Schemas/README.md. They read whole tables: on a",
      "large database ask now and then, not every second.",
      ""
    },
    sortOptions = false)
final class MonitorCommand implements Callable<Integer> {

  private static final int LONGEST_PAUSE = 3600;
  // Home, and clear down to the end: the screen does not flicker as with a reset.
  private static final String CLEAR_SCREEN = "\033[H\033[2J";

  @Spec private CommandSpec spec;

  @Mixin private ConnectionOptions connection;

  @Option(names = "--once", description = "Shows them once.")
  private boolean once;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "How often to ask again (${DEFAULT-VALUE}).")
  private int every;

  @Option(names = "--json", description = "Prints JSON, one document in each line.")
  private boolean json;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (every < 1 || every > LONGEST_PAUSE) {
      throw new ParameterException(
          spec.commandLine(), "--every is " + every + ": it must be 1 to " + LONGEST_PAUSE);
    }
    PersistenceConfig config = connection.toConfig();
    String backend = backendOf(config);
    CountDownLatch end = new CountDownLatch(1);
    do {
      try {
        show(config, backend);
      } catch (SQLException e) {
        if (once) {
          throw e;
        }
        // It may be back at the next look, for which there will be a new connection.
        show(new Screen(config).failure(Failures.describe(e)));
      }
    } while (!once && !end.await(every, TimeUnit.SECONDS));
    return Odin.SUCCESS;
  }

  /** Asks the library first: it says what is wrong with a database better than a query would. */
  private static String backendOf(PersistenceConfig config) {
    try (Persistence persistence = Persistence.open(config)) {
      return persistence.backend();
    }
  }

  private void show(PersistenceConfig config, String backend) throws SQLException {
    Screen screen = new Screen(config);
    try (Monitoring monitoring = Monitoring.connect(backend, config)) {
      for (MonitoringQuery query : MonitoringQuery.of(backend)) {
        screen.table(query, monitoring.ask(query));
      }
    }
    show(screen);
  }

  private void show(Screen screen) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(screen.document);
    } else {
      out.print(!once && Terminal.showsResults() ? CLEAR_SCREEN + screen.text : screen.text);
    }
    out.flush();
  }

  /** What is shown at a time, for people and for programs. */
  private static final class Screen {

    private final StringBuilder text = new StringBuilder();
    private final ObjectNode document = JsonNodeFactory.instance.objectNode();

    Screen(PersistenceConfig config) {
      Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
      text.append(config.redactedUrl()).append("  ").append(now).append("\n\n");
      document.put("database", config.redactedUrl());
      document.put("at", now.toString());
    }

    void table(MonitoringQuery query, Table table) {
      text.append(table.toText()).append('\n');
      document.set(query.resource(), table.toJson());
    }

    Screen failure(String line) {
      text.append(line).append("\n\n");
      document.put("failure", line);
      return this;
    }
  }
}
