package io.odin.persistence.cli.report;

import io.odin.persistence.cli.report.TableLayout.LongCells;
import io.odin.persistence.cli.report.TableLayout.Painter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Fits the results of monitoring queries to a screen: a section for each, with as many rows as fit.
 *
 * @param rows how many lines the screen has
 * @param columns how many characters a line has
 * @param colours whether titles and what needs an operator are coloured
 */
public record MonitoringScreen(int rows, int columns, boolean colours) {

  private static final int TITLE_AND_NAMES = 2;

  /**
   * The lines of the screen, at most as many as it has. Sections come in the order of the map; one
   * with a single row, or none, takes one line. What does not fit is named in the last line.
   *
   * @param heading the first line
   */
  public List<String> lines(String heading, Map<MonitoringQuery, Table> results) {
    List<Section> all = new ArrayList<>();
    results.forEach((query, table) -> all.add(new Section(query, table)));
    List<Section> shown = new ArrayList<>();
    int left = rows - 1;
    for (Section section : all) {
      // One line is kept for the names of those that do not fit.
      int kept = shown.size() + 1 < all.size() ? 1 : 0;
      if (section.height() + kept <= left) {
        shown.add(section);
        left -= section.height();
      }
    }
    boolean grows = true;
    boolean complete = shown.size() == all.size();
    while (grows) {
      grows = false;
      for (Section section : shown) {
        if (left > (complete ? 0 : 1) && section.hasMore()) {
          section.shownRows++;
          left--;
          grows = true;
        }
      }
    }
    List<String> lines = new ArrayList<>();
    lines.add(TableLayout.cut(heading, columns));
    shown.forEach(section -> lines.addAll(section.lines()));
    if (!complete) {
      StringJoiner hidden = new StringJoiner(", ", "not shown: ", " (--section NAME)");
      all.stream()
          .filter(section -> !shown.contains(section))
          .forEach(section -> hidden.add(section.query.resource()));
      lines.add(TableLayout.cut(hidden.toString(), columns));
    }
    return lines;
  }

  private final class Section {

    private final MonitoringQuery query;
    private final Table table;
    private final boolean isTable;
    private int shownRows;

    Section(MonitoringQuery query, Table table) {
      this.query = query;
      this.table = table;
      isTable = table.rows().size() > 1 || (table.rows().size() == 1 && !fits(oneLine()));
      shownRows = isTable ? 1 : 0;
    }

    private boolean fits(String line) {
      return line.length() <= columns;
    }

    int height() {
      return isTable ? TITLE_AND_NAMES + shownRows : 1;
    }

    boolean hasMore() {
      return isTable && shownRows < table.rows().size();
    }

    List<String> lines() {
      List<String> lines = new ArrayList<>();
      if (isTable) {
        String title =
            hasMore()
                ? "%s, the first %d of %d".formatted(table.title(), shownRows, table.rows().size())
                : table.title();
        lines.add(paint(Colour.BOLD, TableLayout.cut(title, columns)));
        lines.addAll(
            new TableLayout(columns, LongCells.CUT, painter())
                .compactLines(
                    new Table(table.title(), table.columns(), table.rows().subList(0, shownRows))));
        return lines;
      }
      String line = TableLayout.cut(oneLine(), columns);
      String title = TableLayout.cut(table.title(), columns);
      lines.add(paint(Colour.BOLD, title) + paint(lineColour(), line.substring(title.length())));
      return lines;
    }

    /** Title, then each column with its value. */
    private String oneLine() {
      if (table.rows().isEmpty()) {
        return table.title() + ": none";
      }
      StringJoiner line = new StringJoiner(", ", table.title() + ": ", "");
      for (int i = 0; i < table.columns().size(); i++) {
        line.add(table.columns().get(i) + " " + Table.text(table.rows().getFirst().get(i)));
      }
      return line.toString();
    }

    private Colour lineColour() {
      for (int i = 0; i < table.columns().size() && !table.rows().isEmpty(); i++) {
        if (query.isWrong(table.columns().get(i), table.rows().getFirst().get(i))) {
          return Colour.RED;
        }
      }
      return Colour.NONE;
    }

    private Painter painter() {
      return colours ? query.painter() : Painter.NONE;
    }

    private String paint(Colour colour, String text) {
      return colours ? colour.paint(text) : text;
    }
  }
}
