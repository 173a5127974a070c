package io.odin.persistence.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Lays tables out as lines of text. Immutable.
 *
 * @param width how many characters a line may have
 * @param longCells what becomes of cells that do not fit
 * @param painter the colour of each cell
 */
public record TableLayout(int width, LongCells longCells, Painter painter) {

  private static final String INDENT = "  ";
  private static final String ELLIPSIS = "...";

  /** What becomes of cells that do not fit. */
  public enum LongCells {
    /** They end with an ellipsis. */
    CUT(16),
    /** They go on in the next line, from word to word. */
    WRAPPED(10);

    private final int narrowest;

    LongCells(int narrowest) {
      this.narrowest = narrowest;
    }
  }

  /** Decides how cells are shown. */
  @FunctionalInterface
  public interface Painter {

    /** Everything is shown alike. */
    Painter NONE = (column, cell) -> Colour.NONE;

    /** The colour of a cell. */
    Colour colour(String column, JsonNode cell);
  }

  /** Lines as long as they must be, without colours: for files and programs. */
  public static TableLayout unlimited() {
    return new TableLayout(Integer.MAX_VALUE, LongCells.CUT, Painter.NONE);
  }

  /** Title, column names, rule, rows; numbers are aligned to the right. */
  List<String> lines(Table table) {
    List<String> lines = new ArrayList<>();
    lines.add(cut(table.title(), width));
    Columns columns = new Columns(table);
    lines.addAll(columns.header());
    lines.add(columns.rule());
    for (List<JsonNode> row : table.rows()) {
      lines.addAll(columns.row(row));
    }
    if (table.rows().isEmpty()) {
      lines.add(INDENT + "(none)");
    }
    return lines;
  }

  /** The column names, then the rows, each in one line, the longest cells cut. */
  public List<String> compactLines(Table table) {
    Columns columns = new Columns(table);
    List<String> lines = new ArrayList<>(columns.header());
    table.rows().forEach(row -> lines.addAll(columns.row(row)));
    return lines;
  }

  /** The text, with an ellipsis at its end if it is longer than that. */
  public static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    return length <= ELLIPSIS.length()
        ? text.substring(0, Math.max(0, length))
        : text.substring(0, length - ELLIPSIS.length()) + ELLIPSIS;
  }

  /** The text in lines that are no longer than that: between words, or within one that is. */
  static List<String> wrap(String text, int length) {
    List<String> lines = new ArrayList<>();
    String rest = text;
    while (rest.length() > length) {
      int space = rest.lastIndexOf(' ', length);
      int end = space > 0 ? space : length;
      lines.add(rest.substring(0, end).stripTrailing());
      rest = rest.substring(end).stripLeading();
    }
    lines.add(rest);
    return lines;
  }

  /** The columns of a table, with the widths that they have in this layout. */
  private final class Columns {

    private final List<String> names;
    private final int[] widths;
    private final boolean[] numeric;

    Columns(Table table) {
      names = table.columns();
      widths = new int[names.size()];
      numeric = new boolean[names.size()];
      for (int i = 0; i < widths.length; i++) {
        List<JsonNode> cells = table.column(i);
        widths[i] =
            Math.max(
                names.get(i).length(),
                cells.stream().mapToInt(cell -> Table.text(cell).length()).max().orElse(0));
        numeric[i] =
            !cells.isEmpty() && cells.stream().allMatch(cell -> cell.isNumber() || cell.isNull());
      }
      narrow();
    }

    /** Takes from the widest columns of text until the line fits, or there is nothing to take. */
    private void narrow() {
      long excess = Arrays.stream(widths).asLongStream().sum() + 2L * widths.length - width;
      while (excess > 0) {
        int widest = -1;
        for (int i = 0; i < widths.length; i++) {
          if (!numeric[i]
              && widths[i] > longCells.narrowest
              && (widest < 0 || widths[i] > widths[widest])) {
            widest = i;
          }
        }
        if (widest < 0) {
          return;
        }
        widths[widest]--;
        excess--;
      }
    }

    List<String> header() {
      return lines(names, names.stream().map(name -> Colour.NONE).toList());
    }

    String rule() {
      return lines(
              Arrays.stream(widths).mapToObj("-"::repeat).toList(),
              names.stream().map(name -> Colour.NONE).toList())
          .getFirst();
    }

    List<String> row(List<JsonNode> row) {
      return lines(
          row.stream().map(Table::text).toList(),
          IntStream.range(0, row.size())
              .mapToObj(i -> painter.colour(names.get(i), row.get(i)))
              .toList());
    }

    private List<String> lines(List<String> cells, List<Colour> colours) {
      List<List<String>> parts = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        parts.add(
            longCells == LongCells.WRAPPED
                ? wrap(cells.get(i), widths[i])
                : List.of(cut(cells.get(i), widths[i])));
      }
      List<String> lines = new ArrayList<>();
      int height = parts.stream().mapToInt(List::size).max().orElse(1);
      for (int line = 0; line < height; line++) {
        lines.add(line(parts, line, colours));
      }
      return lines;
    }

    private String line(List<List<String>> parts, int line, List<Colour> colours) {
      StringBuilder text = new StringBuilder();
      int blanks = 0;
      int left = width;
      for (int i = 0; i < widths.length; i++) {
        blanks += INDENT.length();
        List<String> part = parts.get(i);
        String cell = line < part.size() ? part.get(line) : "";
        int padding = widths[i] - cell.length();
        if (numeric[i]) {
          blanks += padding;
        }
        if (!cell.isEmpty()) {
          String shown = longCells == LongCells.CUT ? cut(cell, left - blanks) : cell;
          if (shown.isEmpty() || (numeric[i] && shown.length() < cell.length())) {
            // A part of a number would be read as another one.
            break;
          }
          text.append(" ".repeat(blanks)).append(colours.get(i).paint(shown));
          left -= blanks + shown.length();
          blanks = 0;
        }
        if (!numeric[i]) {
          blanks += padding;
        }
      }
      return text.toString();
    }
  }
}
