package io.odin.persistence.tck.visibility;

import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * A query and its expected meaning, which does not depend on the parser under test.
 *
 * @param text the query
 * @param meaning the expected value of the query for a run
 */
record SampleQuery(String text, Function<SearchedRun, Truth> meaning) {

  /** Whether the query must find the run. */
  boolean finds(SearchedRun run) {
    return meaning.apply(run) == Truth.TRUE;
  }

  SampleQuery joined(String word, BinaryOperator<Truth> join, SampleQuery other) {
    return new SampleQuery(
        text + " " + word + " " + other.text,
        run -> join.apply(meaning.apply(run), other.meaning.apply(run)));
  }

  SampleQuery negated() {
    return new SampleQuery("NOT " + text, run -> meaning.apply(run).not());
  }

  SampleQuery inParentheses() {
    return new SampleQuery("(" + text + ")", meaning);
  }
}
