package io.odin.persistence.tck.visibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A query of queries.txt and its expectation: the line after it begins with {@code =} and has the
 * names of the runs that it selects, or begins with {@code !} and has the position and the reason
 * of its refusal. An expectation after an empty line is one of the empty query.
 */
sealed interface CorpusQuery {

  /** The query. */
  String text();

  /**
   * A query that is answered.
   *
   * @param text the query
   * @param names the names of the runs that it selects
   */
  record Answered(String text, Set<String> names) implements CorpusQuery {}

  /**
   * A query that is refused.
   *
   * @param text the query
   * @param position of the fault
   * @param reason what the refusal says
   */
  record Refused(String text, int position, String reason) implements CorpusQuery {}

  /** All queries, in their order. */
  static List<CorpusQuery> all() {
    List<CorpusQuery> queries = new ArrayList<>();
    String query = "";
    for (String line : PackagedText.of("queries.txt").lines().toList()) {
      if (line.startsWith("  = ")) {
        queries.add(new Answered(query, names(line.substring(4))));
      } else if (line.startsWith("  ! ")) {
        String[] refusal = line.substring(4).split(" ", 2);
        queries.add(new Refused(query, Integer.parseInt(refusal[0]), refusal[1]));
      }
      query = line;
    }
    return queries;
  }

  private static Set<String> names(String line) {
    return switch (line) {
      case "all" -> CorpusRuns.NAMES;
      case "none" -> Set.of();
      default -> new TreeSet<>(Set.of(line.split(" ", -1)));
    };
  }
}
