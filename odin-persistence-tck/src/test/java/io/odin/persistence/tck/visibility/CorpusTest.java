package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.tck.visibility.CorpusQuery.Answered;
import io.odin.persistence.tck.visibility.CorpusQuery.Refused;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The corpus of queries, as far as it can be checked without a database. */
class CorpusTest {

  @Test
  void queries_areManyAndDifferent() {
    List<CorpusQuery> queries = CorpusQuery.all();

    assertThat(queries).extracting(CorpusQuery::text).doesNotHaveDuplicates();
    assertThat(queries).filteredOn(Answered.class::isInstance).hasSizeGreaterThan(200);
    assertThat(queries).filteredOn(Refused.class::isInstance).hasSizeGreaterThan(80);
  }

  @Test
  void expectations_nameRunsOfTheCorpus() {
    assertThat(new CorpusRuns(NamespaceId.create()).all())
        .extracting(run -> run.record().run().workflowId())
        .containsExactlyInAnyOrderElementsOf(CorpusRuns.NAMES);
    assertThat(CorpusQuery.all())
        .filteredOn(Answered.class::isInstance)
        .extracting(query -> ((Answered) query).names())
        .allSatisfy(names -> assertThat(CorpusRuns.NAMES).containsAll(names));
  }

  @Test
  void answeredQueries_areRead() {
    assertThat(CorpusQuery.all())
        .filteredOn(Answered.class::isInstance)
        .allSatisfy(query -> VisibilityQuery.parse(query.text()).bind(CorpusRuns.ATTRIBUTES));
  }

  @Test
  void refusedQueries_areRefusedInTheExpectedWords() {
    assertThat(CorpusQuery.all())
        .filteredOn(Refused.class::isInstance)
        .allSatisfy(
            query -> {
              Refused expected = (Refused) query;
              assertThat(refusal(query.text()))
                  .as(query.text())
                  .isEqualTo(expected.position() + " " + expected.reason());
            });
  }

  private static String refusal(String query) {
    try {
      VisibilityQuery.parse(query).bind(CorpusRuns.ATTRIBUTES);
      return "not refused";
    } catch (InvalidRequestException e) {
      return e.position().orElse(-1) + " " + e.reason();
    }
  }
}
