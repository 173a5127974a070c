package io.odin.persistence.mysql.plan;

import io.odin.persistence.sql.statement.Sql;
import io.odin.persistence.sql.tests.Plan;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What EXPLAIN says about a statement: a row for each table. Not thread-safe. */
final class Explained {

  private static final Pattern ALIAS =
      Pattern.compile("(?i)(?:from|join|into|update) (\\w+)(?: as (\\w+))?");
  private static final List<String> COLUMNS =
      List.of("id", "select_type", "table", "type", "key", "rows", "filtered", "Extra");

  private final Map<String, String> tables = new HashMap<>();
  private final Set<String> indexes = new TreeSet<>();
  private final Set<String> whole = new TreeSet<>();
  private final StringBuilder text = new StringBuilder();
  private boolean sorts;

  private Explained(String statement) {
    ALIAS
        .matcher(statement)
        .results()
        .forEach(
            each ->
                tables.put(each.group(2) == null ? each.group(1) : each.group(2), each.group(1)));
  }

  static Explained of(Sql sql, ResultSet rows) throws SQLException {
    Explained explained = new Explained(sql.text());
    explained.text.append(sql).append('\n').append(sql.text()).append('\n');
    while (rows.next()) {
      explained.add(rows);
    }
    return explained;
  }

  private void add(ResultSet row) throws SQLException {
    for (String column : COLUMNS) {
      text.append(row.getString(column)).append(" | ");
    }
    text.append('\n');
    String extra = String.valueOf(row.getString("Extra"));
    sorts |= extra.contains("Using filesort");
    String table = tables.get(String.valueOf(row.getString("table")));
    // A table that is inserted into is not read; others are made for the statement.
    if (table != null && !"INSERT".equals(row.getString("select_type"))) {
      addRead(table, row.getString("type"), row.getString("key"));
    }
  }

  private void addRead(String table, @Nullable String type, @Nullable String key) {
    if ("ALL".equals(type)) {
      whole.add(table);
    }
    if (key != null) {
      indexes.addAll(List.of(key.replace("PRIMARY", "pk_" + table).split(",")));
    }
  }

  Plan plan(long rowsRead, long pages) {
    return new Plan(text.toString(), indexes, whole, sorts, rowsRead, pages);
  }
}
