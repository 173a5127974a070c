package io.odin.persistence.cli.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;

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

  /** The table as text without limits. Every line ends with a line feed. */
  public String toText() {
    return toText(TableLayout.unlimited());
  }

  /**
   * The table as text: title, column names, a rule, rows; numbers to the right. Every line ends
   * with a line feed.
   */
  public String toText(TableLayout layout) {
    return String.join("\n", layout.lines(this)) + "\n";
  }

  /** The cells of a column, by its index. */
  List<JsonNode> column(int index) {
    return rows.stream().map(row -> row.get(index)).toList();
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

  /** A cell as text in one line, without characters that a terminal would obey. */
  static String text(JsonNode cell) {
    if (cell.isNull()) {
      return "-";
    }
    String text = cell.isBigDecimal() ? cell.decimalValue().toPlainString() : cell.asText();
    return text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "?");
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
