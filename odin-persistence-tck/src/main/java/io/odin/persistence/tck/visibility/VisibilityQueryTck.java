package io.odin.persistence.tck.visibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.visibility.SearchAttributes;
import io.odin.persistence.visibility.Tags;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Searching by the query language. */
public abstract class VisibilityQueryTck extends AbstractVisibilityTck {

  private static final List<String> SPECIAL_TEXTS =
      List.of(
          "BRAND AND CO",
          "BRAND",
          "O'Brien \"x\"",
          "O''Brien",
          "' OR 1=1 --",
          "'; DROP TABLE visibility_records; --",
          "what?",
          ":name @variable",
          "back\\slash",
          "$1 ${x} %s",
          "a%b",
          "a_b",
          "axb",
          "注文 📦");

  private static final List<String> MALFORMED =
      List.of(
          "Amount",
          "Amount =",
          "Amount = = 1",
          "Amount ! 1",
          "Amount LIKE 'a'",
          "Amount 1",
          "Amount = 1 ORDER BY StartTime",
          "Amount = 1; DROP TABLE visibility_records",
          "Amount = 1 -- all",
          "Amount = 1) OR (Amount = 2",
          "Amount = 1 AND",
          "AND Amount = 1",
          "NOT NOT Amount = 1",
          "1 = 1",
          "()",
          "(Amount = 1",
          "Amount IN 1",
          "Amount IN ()",
          "Amount IN (1,)",
          "Amount BETWEEN 1 OR 2",
          "Amount IS 1",
          "Amount = NULL",
          "WorkflowType = \"a",
          "WorkflowType = 'a",
          "WorkflowType = 'a'b'",
          "`WorkflowType = 'a'",
          "WorkflowType STARTS_WITH 1",
          "Tag.a = 'a'",
          "StartTime > now",
          "StartTime > now() - 36",
          "StartTime > now() - 'soon'",
          "NOT ".repeat(2048),
          "(".repeat(8192),
          "x".repeat(8193));

  private static final List<String> MISTYPED =
      List.of(
          "Amount = 'x'",
          "Amount = 1.5h",
          "Amount = 9223372036854775808",
          "Amount STARTS_WITH '1'",
          "Weight = true",
          "Weight = 1e999",
          "Express = 1",
          "Express < true",
          "Due = 'yesterday'",
          "Due = 1",
          "CustomerId = 1",
          "Products < 'p'",
          "Products STARTS_WITH 'p'",
          "ExecutionStatus = 'Done'",
          "ExecutionStatus > 'Running'",
          "RunId = 'x'",
          "StartTime = 'now()'",
          "Tag.`a` = 1");

  /** For backends. */
  protected VisibilityQueryTck() {}

  /** The workflow ids of the runs in the namespace of this test that the query finds. */
  private Set<UUID> found(String query) {
    List<UUID> found =
        allPages(
                1000,
                page ->
                    store()
                        .list(
                            namespace(),
                            VisibilityQuery.parse(query),
                            VisibilityOrder.CLOSE_TIME,
                            page))
            .stream()
            .map(record -> record.run().runId())
            .toList();
    assertThat(found).as(query).doesNotHaveDuplicates();
    assertThat(store().count(namespace(), VisibilityQuery.parse(query)))
        .as(query)
        .isEqualTo(found.size());
    return new TreeSet<>(found);
  }

  private RunKey ofType(String workflowType) {
    return stored(VisibilityRecord.builder(newRun(), workflowType, "orders", Samples.STARTED))
        .run();
  }

  private RunKey with(SearchAttributes.Builder attributes) {
    return stored(Samples.visibility(newRun()).searchAttributes(attributes.build())).run();
  }

  private static Set<UUID> ids(RunKey... runs) {
    return Stream.of(runs).map(RunKey::runId).collect(Collectors.toCollection(TreeSet::new));
  }

  private InvalidRequestException refusalOf(String query) {
    return thrownBy(InvalidRequestException.class, () -> found(query));
  }

  @Test
  @Scenario("VI-15")
  void text_withWordsOfTheLanguage_isOneValue() {
    RunKey brand = ofType("BRAND AND CO");
    ofType("BRAND");
    ofType("CO");

    assertThat(found("WorkflowType = 'BRAND AND CO'")).isEqualTo(ids(brand));
    assertThat(found("WorkflowType IN ('BRAND AND CO', 'x) OR (1')")).isEqualTo(ids(brand));
    assertThat(found("WorkflowType STARTS_WITH 'BRAND AND'")).isEqualTo(ids(brand));
  }

  @Test
  @Scenario({"VI-16", "VI-17", "VI-18"})
  void text_isMatchedLiterally() {
    registerSampleAttributes(namespace());
    for (String text : SPECIAL_TEXTS) {
      RunKey run = newRun();
      stored(
          VisibilityRecord.builder(run, text, text, Samples.STARTED)
              .parent(new RunKey(namespace(), text, UUID.randomUUID()))
              .searchAttributes(
                  SearchAttributes.builder()
                      .keyword("CustomerId", text)
                      .keywordList("Products", List.of("other", text))
                      .build()));
      store().setTags(run, Tags.of(Map.of(text, text)));
    }

    for (String text : SPECIAL_TEXTS) {
      String quoted = RandomRuns.quoted(text);
      Set<UUID> itself = found("WorkflowType = " + quoted);
      assertThat(itself).as(text).hasSize(1);
      assertThat(found("Tag.`" + text + "` = " + quoted)).as(text).isEqualTo(itself);
      assertThat(found("WorkflowType != " + quoted)).as(text).hasSize(SPECIAL_TEXTS.size() - 1);
      for (String field : List.of("TaskQueue", "ParentWorkflowId", "CustomerId", "Products")) {
        assertThat(found(field + " = " + quoted)).as(field + ": " + text).isEqualTo(itself);
        assertThat(found(field + " IN ('no', " + quoted + ")"))
            .as(field + ": " + text)
            .isEqualTo(itself);
      }
    }
  }

  @Test
  @Scenario("VI-18")
  void startsWith_hasNoWildcards() {
    registerSampleAttributes(namespace());
    for (String text : SPECIAL_TEXTS) {
      RunKey run = newRun();
      stored(
          VisibilityRecord.builder(run, text, "orders", Samples.STARTED)
              .searchAttributes(SearchAttributes.builder().keyword("CustomerId", text).build()));
      store().setTags(run, Tags.of(Map.of("key", text)));
    }

    for (String field : List.of("WorkflowType", "CustomerId", "Tag.`key`")) {
      for (String prefix : List.of("a%", "a_", "%", "_", "back\\", "\\", "$1", "O'", "b", "")) {
        long expected = SPECIAL_TEXTS.stream().filter(text -> text.startsWith(prefix)).count();
        String operand = " STARTS_WITH " + RandomRuns.quoted(prefix);
        assertThat(found(field + operand)).as(field + operand).hasSize((int) expected);
        assertThat(found(field + " NOT" + operand))
            .as(field + " NOT" + operand)
            .hasSize(SPECIAL_TEXTS.size() - (int) expected);
      }
    }
  }

  @Test
  @Scenario("VI-19")
  void unknownField_isRefusedWithItsPosition() {
    registerSampleAttributes(namespace());

    InvalidRequestException unknown = refusalOf("WorkflowType = 'a' AND Foo = 1");
    assertThat(unknown.field()).isEqualTo("query");
    assertThat(unknown.position()).hasValue(23);
    assertThat(unknown.reason()).contains("Foo");
    assertThat(refusalOf("WorkflowTyp = 'a'").reason()).contains("WorkflowType");
    assertThat(refusalOf("Amont = 1").reason()).contains("Amount");
  }

  @Test
  @Scenario("VI-19")
  void field_ofAnotherNamespace_isUnknown() {
    registerSampleAttributes(newNamespace());

    assertThat(refusalOf("Amount = 1").position()).hasValue(0);
  }

  @Test
  @Scenario("VI-20")
  void malformed_isRefused() {
    registerSampleAttributes(namespace());

    for (String query : MALFORMED) {
      assertThat(refusalOf(query).field()).as(query).isEqualTo("query");
    }
    assertThat(found("")).isEmpty();
  }

  @Test
  @Scenario("VI-21")
  void randomQueries_findTheExpectedRuns() {
    registerSampleAttributes(namespace());
    Random random = new Random(20_260_301);
    RandomRuns runs = new RandomRuns(random, namespace());
    RandomQueries queries = new RandomQueries(random);
    List<SearchedRun> stored = Stream.generate(runs::next).limit(500).toList();
    for (SearchedRun run : stored) {
      store().upsert(run.record(), 1);
      store().setTags(run.record().run(), run.tags());
    }

    for (int i = 0; i < 200; i++) {
      SampleQuery query = queries.next();
      Set<UUID> wanted =
          stored.stream()
              .filter(query::finds)
              .map(run -> run.record().run().runId())
              .collect(Collectors.toCollection(TreeSet::new));
      assertThat(found(query.text())).as(query.text()).isEqualTo(wanted);
    }
  }

  @Test
  @Scenario("VI-21")
  void now_isTheDatabasesClock() {
    Instant now = databaseNow();
    RunKey past = startedAt(now.minus(Duration.ofHours(1)));
    RunKey future = startedAt(now.plus(Duration.ofHours(1)));

    assertThat(found("StartTime < now()")).isEqualTo(ids(past));
    assertThat(found("StartTime >= now()")).isEqualTo(ids(future));
    assertThat(found("StartTime < now() - '2h'")).isEmpty();
    assertThat(found("StartTime BETWEEN now() - 'PT2H' AND now() + '2h'"))
        .isEqualTo(ids(past, future));
    assertThat(found("StartTime > now() + '30m' AND StartTime < now() + '36500d'"))
        .isEqualTo(ids(future));
  }

  private RunKey startedAt(Instant start) {
    return stored(VisibilityRecord.builder(newRun(), "OrderWorkflow", "orders", start)).run();
  }

  @Test
  @Scenario("VI-22")
  void mistyped_isRefusedWithItsPosition() {
    registerSampleAttributes(namespace());

    for (String query : MISTYPED) {
      InvalidRequestException refusal = refusalOf(query);
      assertThat(refusal.field()).as(query).isEqualTo("query");
      assertThat(refusal.position()).as(query).isPresent();
    }
  }

  @Test
  @Scenario("VI-23")
  void missingValue_passesIsNullOnly() {
    registerSampleAttributes(namespace());
    RunKey two = with(SearchAttributes.builder().integer("Amount", 2));
    RunKey three = with(SearchAttributes.builder().integer("Amount", 3));
    RunKey missing = with(SearchAttributes.builder());

    assertThat(found("Amount IS NULL")).isEqualTo(ids(missing));
    assertThat(found("NOT (Amount IS NULL)")).isEqualTo(ids(two, three));
    assertThat(found("Amount != 2")).isEqualTo(ids(three));
    assertThat(found("Amount NOT IN (2, 4)")).isEqualTo(ids(three));
    assertThat(found("NOT (Amount = 2)")).isEqualTo(ids(three));
    assertThat(found("NOT (Amount > 2)")).isEqualTo(ids(two));
    assertThat(found("NOT (Amount = 2 AND WorkflowType = 'OrderWorkflow')")).isEqualTo(ids(three));
    assertThat(found("NOT (Amount = 2 AND WorkflowType = 'x')"))
        .isEqualTo(ids(two, three, missing));
    assertThat(found("Amount != 2 OR Amount IS NULL")).isEqualTo(ids(three, missing));
  }

  @Test
  @Scenario("VI-23")
  void missingValue_isTheSameForEveryField() {
    registerSampleAttributes(namespace());
    RunKey bare = stored(Samples.visibility(newRun())).run();
    RunKey full = stored(Samples.fullVisibility(newRun()).toBuilder()).run();
    store().setTags(full, Tags.of(Map.of("key", "a")));

    for (String comparison :
        List.of(
            "ParentWorkflowId = 'x'",
            "ParentRunId = '" + new UUID(1, 1) + "'",
            "CloseTime = '1970-01-01T00:00:00Z'",
            "ExecutionDuration = 0",
            "CustomerId = 'x'",
            "Products = 'x'",
            "Amount = 0",
            "Weight = 0.5",
            "Express = false",
            "Due = '1970-01-01T00:00:00Z'",
            "Tag.`key` = 'x'")) {
      String field = comparison.substring(0, comparison.indexOf(" ="));
      assertThat(found(comparison)).as(comparison).isEmpty();
      assertThat(found(comparison.replace("=", "!="))).as(field + " !=").isEqualTo(ids(full));
      assertThat(found("NOT " + comparison)).as("NOT " + field).isEqualTo(ids(full));
      assertThat(found(comparison.replace("= ", "NOT IN (") + ")"))
          .as(field + " NOT IN")
          .isEqualTo(ids(full));
      assertThat(found(field + " IS NULL")).as(field + " IS NULL").isEqualTo(ids(bare));
      assertThat(found(field + " IS NOT NULL")).as(field + " IS NOT NULL").isEqualTo(ids(full));
    }
  }
}
