package io.odin.persistence.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.cli.report.Colour;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.cli.report.TableLayout;
import io.odin.persistence.cli.report.TableLayout.LongCells;
import io.odin.persistence.cli.report.TableLayout.Painter;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Finding;
import io.odin.persistence.health.HealthReport.Status;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks whether a database is fit for work, and says what to do where it is not. */
@Command(
    name = "doctor",
    header = "Checks whether a database is fit for work.",
    description = {
      "",
      "Changes nothing. The exit code is 1 if something does not work; a warning",
      "is about what works now and can fail later.",
      ""
    },
    sortOptions = false)
final class DoctorCommand implements Callable<Integer> {

  private static final String STATUS = "status";
  private static final Map<String, Colour> COLOURS =
      Map.of(
          word(Status.OK), Colour.GREEN,
          word(Status.WARNING), Colour.YELLOW,
          word(Status.FAILURE), Colour.RED);

  @Spec private CommandSpec spec;

  @Mixin private ConnectionOptions connection;

  @Option(names = "--json", description = "Prints JSON.")
  private boolean json;

  @Override
  public Integer call() {
    PersistenceConfig config = connection.toConfig();
    HealthReport report = examine(config);
    PrintWriter out = spec.commandLine().getOut();
    out.print(json ? toJson(config, report).toPrettyString() + "\n" : toText(config, report));
    out.flush();
    return report.status() == Status.FAILURE ? Odin.FAILURE : Odin.SUCCESS;
  }

  /** A database that cannot even be opened is a finding as well. */
  private static HealthReport examine(PersistenceConfig config) {
    try (Persistence persistence = Persistence.open(config)) {
      return persistence.check();
    } catch (InvalidRequestException e) {
      throw e;
    } catch (PersistenceException e) {
      return new HealthReport(List.of(Failures.finding(e)));
    }
  }

  private static String toText(PersistenceConfig config, HealthReport report) {
    long warnings = count(report, Status.WARNING);
    long failures = count(report, Status.FAILURE);
    return "%s\nfailures: %d, warnings: %d\n"
        .formatted(toTable(config.redactedUrl(), report).toText(layout()), failures, warnings);
  }

  private static TableLayout layout() {
    return Terminal.showsResults()
        ? new TableLayout(
            Terminal.size().columns(),
            LongCells.WRAPPED,
            Terminal.showsColours() ? DoctorCommand::colour : Painter.NONE)
        : TableLayout.unlimited();
  }

  private static Colour colour(String column, JsonNode cell) {
    return column.equals(STATUS) ? COLOURS.getOrDefault(cell.asText(), Colour.NONE) : Colour.NONE;
  }

  private static long count(HealthReport report, Status status) {
    return report.findings().stream().filter(finding -> finding.status() == status).count();
  }

  private static ObjectNode toJson(PersistenceConfig config, HealthReport report) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("database", config.redactedUrl());
    json.put("status", word(report.status()));
    json.set("findings", toTable("findings", report).toJson());
    return json;
  }

  private static Table toTable(String title, HealthReport report) {
    Table.Builder table = Table.builder(title, STATUS, "check", "found", "advice");
    for (Finding finding : report.findings()) {
      table
          .cell(word(finding.status()))
          .cell(finding.name())
          .cell(finding.detail())
          .cell(finding.advice());
    }
    return table.build();
  }

  private static String word(Status status) {
    return status.name().toLowerCase(Locale.ROOT);
  }
}
