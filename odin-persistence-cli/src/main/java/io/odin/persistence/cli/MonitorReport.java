package io.odin.persistence.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.report.Colour;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.cli.report.MonitoringScreen;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.cli.report.TableLayout;
import io.odin.persistence.cli.report.TableLayout.LongCells;
import io.odin.persistence.cli.report.TableLayout.Painter;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** The results of one turn of the monitor, or the failure that ended it. Not thread-safe. */
final class MonitorReport {

  private final String database;
  private final Instant at = Instant.now().truncatedTo(ChronoUnit.SECONDS);
  private final Map<MonitoringQuery, Table> results = new EnumMap<>(MonitoringQuery.class);
  private Optional<String> failure = Optional.empty();

  MonitorReport(String database) {
    this.database = database;
  }

  void add(MonitoringQuery query, Table result) {
    results.put(query, result);
  }

  /** Takes the place of all results. */
  void fail(String message) {
    results.clear();
    failure = Optional.of(message);
  }

  ObjectNode toJson() {
    ObjectNode document = JsonNodeFactory.instance.objectNode();
    document.put("database", database);
    document.put("at", at.toString());
    failure.ifPresent(message -> document.put("failure", message));
    results.forEach((query, table) -> document.set(query.resource(), table.toJson()));
    ObjectNode unseen = JsonNodeFactory.instance.objectNode();
    results.forEach(
        (query, table) -> {
          if (!table.title().equals(query.title())) {
            unseen.put(query.resource(), table.title().substring(query.title().length()).strip());
          }
        });
    if (!unseen.isEmpty()) {
      document.set("not-seen", unseen);
    }
    return document;
  }

  /** All rows, in lines of at most that number of characters. */
  String toText(int columns, boolean coloured) {
    StringBuilder text = new StringBuilder(TableLayout.cut(heading(), columns)).append("\n\n");
    failure.ifPresent(message -> text.append(painted(message, coloured)).append("\n\n"));
    results.forEach(
        (query, table) ->
            text.append(
                    table.toText(
                        new TableLayout(
                            columns, LongCells.CUT, coloured ? query.painter() : Painter.NONE)))
                .append('\n'));
    return text.toString();
  }

  /** What fits on a screen, but for its last line, where the cursor is then. */
  String toScreen(Terminal.Size size, boolean coloured) {
    return failure
        .map(message -> heading() + "\n\n" + painted(message, coloured) + "\n")
        .orElseGet(
            () ->
                String.join(
                        "\n",
                        new MonitoringScreen(size.rows() - 1, size.columns(), coloured)
                            .lines(heading(), results))
                    + "\n");
  }

  private String heading() {
    return database + "  " + at;
  }

  private static String painted(String message, boolean coloured) {
    return coloured ? Colour.RED.paint(message) : message;
  }
}
