package io.odin.persistence.postgres.plan;

import io.odin.persistence.sql.tests.Plan;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * How the server ran a statement: what EXPLAIN (ANALYZE, BUFFERS) says.
 *
 * @param text a line for each node, and lines about it
 */
record PlanText(String text) {

  private static final Pattern INDEX =
      Pattern.compile("(?:Index (?:Only )?Scan (?:Backward )?using|Bitmap Index Scan on) (\\w+)");
  private static final Pattern WHOLE_TABLE = Pattern.compile("Seq Scan on (\\w+)");
  private static final Pattern BUFFERS =
      Pattern.compile("Buffers: shared(?: hit=(\\d+))?(?: read=(\\d+))?");
  private static final Pattern NODE =
      Pattern.compile("^(?:.*?((?:Bitmap )?\\w+ Scan)\\b)?.*actual rows=([0-9.]+) loops=(\\d+)\\)");
  private static final Pattern REMOVED =
      Pattern.compile("Rows Removed by (?:Filter|Index Recheck): (\\d+)");
  private static final Set<String> OF_NO_TABLE =
      Set.of("Function Scan", "Subquery Scan", "CTE Scan", "Values Scan", "Bitmap Index Scan");

  /** What it says. */
  Plan plan() {
    return new Plan(text, found(INDEX), found(WHOLE_TABLE), sorts(), rowsRead(), pages());
  }

  private Set<String> found(Pattern pattern) {
    return pattern
        .matcher(text)
        .results()
        .map(match -> match.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private boolean sorts() {
    return text.contains("Sort Method:");
  }

  private long pages() {
    Matcher first = BUFFERS.matcher(text);
    return first.find() ? number(first.group(1)) + number(first.group(2)) : 0;
  }

  private long rowsRead() {
    double rows = 0;
    double loops = 0;
    for (String line : text.lines().toList()) {
      Matcher node = NODE.matcher(line);
      Matcher removed = REMOVED.matcher(line);
      if (node.find()) {
        String scan = node.group(1);
        loops = scan == null || OF_NO_TABLE.contains(scan) ? 0 : number(node.group(3));
        rows += Double.parseDouble(node.group(2)) * loops;
      } else if (removed.find()) {
        rows += number(removed.group(1)) * loops;
      }
    }
    return Math.round(rows);
  }

  private static long number(@Nullable String digits) {
    return digits == null ? 0 : Long.parseLong(digits);
  }
}
