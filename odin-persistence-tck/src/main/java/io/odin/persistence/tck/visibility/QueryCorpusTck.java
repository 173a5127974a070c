package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.visibility.CorpusQuery.Answered;
import io.odin.persistence.tck.visibility.CorpusQuery.Refused;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Queries as users write them, those of queries.txt, and all that the grammar allows. */
public abstract class QueryCorpusTck extends AbstractVisibilityTck {

  private static final int RANDOM_QUERIES = 200;

  /** For backends. */
  protected QueryCorpusTck() {}

  private void storeCorpus() {
    CorpusRuns.ATTRIBUTES.forEach(
        (name, type) -> store().registerAttribute(namespace(), name, type));
    for (SearchedRun run : new CorpusRuns(namespace()).all()) {
      store().upsert(run.record(), 1);
      store().setTags(run.record().run(), run.tags());
    }
  }

  /** The names of the runs that the query selects, listed and counted. */
  private Set<String> selected(String text) {
    VisibilityQuery query = VisibilityQuery.parse(text);
    List<String> names =
        allPages(1000, page -> store().list(namespace(), query, VisibilityOrder.CLOSE_TIME, page))
            .stream()
            .map(record -> record.run().workflowId())
            .toList();
    assertThat(store().count(namespace(), query)).as(text).isEqualTo(names.size());
    return new TreeSet<>(names);
  }

  private static <T extends CorpusQuery> List<T> queries(Class<T> type) {
    return CorpusQuery.all().stream().filter(type::isInstance).map(type::cast).toList();
  }

  @Test
  @Scenario({"VI-32", "VI-33"})
  void queriesOfTheCorpus_selectTheExpectedRuns() {
    storeCorpus();

    assertThat(queries(Answered.class))
        .hasSizeGreaterThan(150)
        .allSatisfy(
            query -> assertThat(selected(query.text())).as(query.text()).isEqualTo(query.names()));
  }

  @Test
  @Scenario({"VI-32", "VI-34"})
  void queriesOfTheCorpus_areRefusedForTheExpectedReasons() {
    storeCorpus();

    assertThat(queries(Refused.class))
        .hasSizeGreaterThan(50)
        .allSatisfy(
            query -> {
              InvalidRequestException refusal =
                  thrownBy(InvalidRequestException.class, () -> selected(query.text()));
              assertThat(refusal.reason()).as(query.text()).isEqualTo(query.reason());
              assertThat(refusal.position()).as(query.text()).hasValue(query.position());
              assertThat(refusal.field()).isEqualTo("query");
            });
  }

  @Test
  @Scenario({"VI-23", "VI-32"})
  void queriesOfTheCorpus_andTheirNegations_haveNoRunInCommon() {
    storeCorpus();

    assertThat(queries(Answered.class).stream().filter(query -> !query.names().isEmpty()))
        .allSatisfy(
            query ->
                assertThat(selected(negated(query.text())))
                    .as(query.text())
                    .doesNotContainAnyElementsOf(query.names()));
  }

  @Test
  @Scenario({"VI-20", "VI-32"})
  void whatTheGrammarAllows_isAnsweredOrRefusedForItsFieldsAndTypes() {
    registerSampleAttributes(namespace());
    store().upsert(new RandomRuns(new Random(1), namespace()).next().record(), 1);
    RandomSentences sentences = new RandomSentences(new Random(20_260_301));

    Set<String> reasons =
        Stream.generate(sentences::next)
            .limit(RANDOM_QUERIES)
            .map(this::refusal)
            .collect(Collectors.toCollection(TreeSet::new));

    assertThat(reasons)
        .contains("")
        .allSatisfy(reason -> assertThat(reason).matches("|" + RandomSentences.REASONS.pattern()));
  }

  /** The empty query has no negation; another that selects no run takes its place. */
  private static String negated(String query) {
    return query.isBlank() ? "WorkflowId IS NULL" : "NOT (" + query + ")";
  }

  /** The reason of the refusal; empty if the query is answered. */
  private String refusal(String query) {
    try {
      selected(query);
      return "";
    } catch (InvalidRequestException e) {
      return e.reason();
    }
  }
}
