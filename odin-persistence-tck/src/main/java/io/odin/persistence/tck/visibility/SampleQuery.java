package io.odin.persistence.tck.visibility;

import java.util.function.BinaryOperator;
import java.util.function.Function;

/**
 * A query and what it must find: known from how it was made, not by reading its text, so that the
 * parser is judged too.
 *
 * @param text the query
 * @param meaning what it holds to be of a run
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
