package io.odin.persistence.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Rows under column names, to be read or to be parsed.
 *
 * @param title what the rows are
 * @param columns the names of the columns
 * @param rows as many cells each as there are columns
 */
public record Table(String title, List<String> columns, List<List<JsonNode>> rows) {

  /** Copies the lists. */
  public Table {
    columns = List.copyOf(columns);
    rows = rows.stream().map(List::copyOf).toList();
  }

  /** A builder that takes the rows one by one. */
  public static Builder builder(String title, String... columns) {
    return new Builder(title, List.of(columns));
  }

  /**
   * The table as text: title, names, a rule, rows; numbers to the right. Every line ends with a
   * line feed.
   */
  public String toText() {
    int count = columns.size();
    int[] widths = new int[count];
    boolean[] numeric = new boolean[count];
    for (int i = 0; i < count; i++) {
      int column = i;
      widths[i] =
          Math.max(
              columns.get(i).length(),
              rows.stream().mapToInt(row -> text(row.get(column)).length()).max().orElse(0));
      numeric[i] =
          !rows.isEmpty()
              && rows.stream()
                  .map(row -> row.get(column))
                  .allMatch(cell -> cell.isNumber() || cell.isNull());
    }
    StringBuilder out = new StringBuilder(title).append('\n');
    line(out, columns, widths, numeric);
    List<String> rule = new ArrayList<>();
    for (int width : widths) {
      rule.add("-".repeat(width));
    }
    line(out, rule, widths, numeric);
    rows.forEach(row -> line(out, row.stream().map(Table::text).toList(), widths, numeric));
    if (rows.isEmpty()) {
      out.append("  (none)\n");
    }
    return out.toString();
  }

  /** The rows as JSON objects, one member for each column. */
  public ArrayNode toJson() {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (List<JsonNode> row : rows) {
      ObjectNode object = array.addObject();
      for (int i = 0; i < columns.size(); i++) {
        object.set(columns.get(i), row.get(i));
      }
    }
    return array;
  }

  private static void line(StringBuilder out, List<String> cells, int[] widths, boolean[] numeric) {
    List<String> padded = new ArrayList<>();
    for (int i = 0; i < cells.size(); i++) {
      String blank = " ".repeat(widths[i] - cells.get(i).length());
      padded.add(numeric[i] ? blank + cells.get(i) : cells.get(i) + blank);
    }
    out.append(padded.stream().collect(Collectors.joining("  ", "  ", "")).stripTrailing())
        .append('\n');
  }

  private static String text(JsonNode cell) {
    if (cell.isNull()) {
      return "-";
    }
    return cell.isBigDecimal() ? cell.decimalValue().toPlainString() : cell.asText();
  }

  /** Collects rows. Not thread-safe. */
  public static final class Builder {
    private final String title;
    private final List<String> columns;
    private final List<List<JsonNode>> rows = new ArrayList<>();
    private List<JsonNode> row = new ArrayList<>();

    private Builder(String title, List<String> columns) {
      this.title = title;
      this.columns = columns;
    }

    /** Adds a cell to the row; a full row is followed by a new one. */
    public Builder cell(String text) {
      return cell(JsonNodeFactory.instance.textNode(text));
    }

    /** Adds a cell to the row; a full row is followed by a new one. */
    public Builder cell(long number) {
      return cell(JsonNodeFactory.instance.numberNode(number));
    }

    /** Adds a cell to the row, rounded to two decimals; a full row is followed by a new one. */
    public Builder cell(double number) {
      BigDecimal rounded = BigDecimal.valueOf(number).setScale(2, RoundingMode.HALF_UP);
      return cell(JsonNodeFactory.instance.numberNode(rounded));
    }

    /** Adds a cell to the row; a full row is followed by a new one. */
    public Builder cell(JsonNode value) {
      row.add(value);
      if (row.size() == columns.size()) {
        rows.add(row);
        row = new ArrayList<>();
      }
      return this;
    }

    /**
     * The table.
     *
     * @throws IllegalStateException if the last row is not full
     */
    public Table build() {
      if (!row.isEmpty()) {
        throw new IllegalStateException("the last row of " + title + " is not full");
      }
      return new Table(title, columns, rows);
    }
  }
}
