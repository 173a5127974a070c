package io.odin.persistence.cli;

import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.report.Monitoring;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.error.PersistenceException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Shows the results of the monitoring queries, once or repeatedly. */
@Command(
    name = "monitor",
    header = "Shows the results of the monitoring queries repeatedly.",
    description = {
      "",
      "The queries are those of Schemas/README.md. They read whole tables: on a",
      "large database run them now and then, not every second. On a terminal the",
      "sections are fitted to its size, and what needs an operator is red.",
      ""
    },
    sortOptions = false)
final class MonitorCommand implements Callable<Integer> {

  private static final int MAX_PAUSE = 3600;
  private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);
  // Home, and clear down to the end: the screen does not flicker as with a reset.
  private static final String CLEAR_SCREEN = "\033[H\033[2J";

  @Spec private CommandSpec spec;

  @Mixin private ConnectionOptions connection;

  @Option(
      names = "--section",
      paramLabel = "NAME",
      split = ",",
      converter = SectionName.class,
      completionCandidates = SectionName.class,
      description = {"Only this section; can be repeated. Names:", "${COMPLETION-CANDIDATES}."})
  private Set<MonitoringQuery> sections = EnumSet.noneOf(MonitoringQuery.class);

  @Option(names = "--once", description = "Shows them once.")
  private boolean once;

  @Option(
      names = "--every",
      paramLabel = "SECONDS",
      defaultValue = "5",
      description = "Pause between two turns (${DEFAULT-VALUE}).")
  private int every;

  @Option(names = "--json", description = "Prints JSON, one document in each line.")
  private boolean json;

  @Override
  public Integer call() throws SQLException, InterruptedException {
    if (every < 1 || every > MAX_PAUSE) {
      throw new UsageException(
          spec.commandLine(), "--every is " + every + ": it must be 1 to " + MAX_PAUSE);
    }
    PersistenceConfig config = connection.toConfig();
    String backend = backendOf(config);
    Set<MonitoringQuery> queries = queries(backend);
    CountDownLatch end = new CountDownLatch(1);
    do {
      MonitorReport report = new MonitorReport(config.redactedUrl());
      try (Monitoring monitoring = Monitoring.connect(forQueries(config))) {
        for (MonitoringQuery query : queries) {
          report.add(query, monitoring.ask(query));
        }
      } catch (SQLException | PersistenceException e) {
        if (once) {
          throw e;
        }
        // The next turn makes a new connection.
        report.fail(Failures.describe(e));
      }
      show(report);
    } while (!once && !end.await(every, TimeUnit.SECONDS));
    return Odin.SUCCESS;
  }

  /** They read whole tables. */
  private static PersistenceConfig forQueries(PersistenceConfig config) {
    return config.toBuilder().statementTimeout(QUERY_TIMEOUT).build();
  }

  private Set<MonitoringQuery> queries(String backend) {
    Set<MonitoringQuery> all = MonitoringQuery.of(backend);
    if (sections.isEmpty()) {
      return all;
    }
    for (MonitoringQuery section : sections) {
      if (!all.contains(section)) {
        throw new UsageException(
            spec.commandLine(),
            "--section is %s: %s has only %s"
                .formatted(section.resource(), backend, SectionName.list(all)));
      }
    }
    return sections;
  }

  /** Opens the library first: its errors say more about an unusable database than a query's. */
  private static String backendOf(PersistenceConfig config) {
    try (Persistence persistence = Persistence.open(config)) {
      return persistence.backend();
    }
  }

  private void show(MonitorReport report) {
    PrintWriter out = spec.commandLine().getOut();
    boolean terminal = Terminal.showsResults();
    if (json) {
      out.println(report.toJson());
    } else if (terminal && !once) {
      out.print(CLEAR_SCREEN + report.toScreen(Terminal.size(), Terminal.showsColours()));
    } else if (terminal) {
      out.print(report.toText(Terminal.size().columns(), Terminal.showsColours()));
    } else {
      out.print(report.toText(Integer.MAX_VALUE, false));
    }
    out.flush();
  }

  /** The names of the sections. */
  static final class SectionName implements ITypeConverter<MonitoringQuery>, Iterable<String> {

    @Override
    public MonitoringQuery convert(String name) {
      return Stream.of(MonitoringQuery.values())
          .filter(query -> query.resource().equals(name))
          .findFirst()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "there is only " + list(EnumSet.allOf(MonitoringQuery.class))));
    }

    @Override
    public Iterator<String> iterator() {
      return Stream.of(MonitoringQuery.values()).map(MonitoringQuery::resource).iterator();
    }

    static String list(Set<MonitoringQuery> queries) {
      return queries.stream().map(MonitoringQuery::resource).collect(Collectors.joining(", "));
    }
  }
}
