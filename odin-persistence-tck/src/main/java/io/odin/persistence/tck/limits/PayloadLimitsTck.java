package io.odin.persistence.tck.limits;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.execution.CreateMode;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.RunDefinition;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.value.Json;
import io.odin.persistence.value.Payload;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The limits of a document and of a request, at every entry point. */
public abstract class PayloadLimitsTck extends AbstractPayloadLimitsTck {

  private static final int SMALL = 1000;
  private static final int REQUEST = 10_000;

  /** Operations on one record. */
  private static final Pattern ONE_RECORD =
      Pattern.compile("(signal to|query$|answer$|namespaces\\.|schedules\\.|visibility\\.)");

  /** For backends. */
  protected PayloadLimitsTck() {}

  private List<EntryPoint<Json>> all() {
    List<EntryPoint<Json>> all = new ArrayList<>();
    for (Entry entry : Entry.values()) {
      all.add(ofState(entry, "memo", RunState.Builder::memo, RunState::memo));
      all.add(
          ofState(
              entry,
              "searchAttributes",
              RunState.Builder::searchAttributes,
              RunState::searchAttributes));
      all.add(
          ofState(
              entry,
              "autoResetPoints",
              RunState.Builder::autoResetPoints,
              RunState::autoResetPoints));
    }
    addOthersOfRuns(all);
    for (EntryPoint<Payload> entry : payloads()) {
      all.add(
          new EntryPoint<>(
              entry.name(),
              entry.field(),
              (in, json) -> entry.roundTrip().apply(in, json).asJson()));
    }
    addQueries(all);
    addNamespaces(all);
    addSchedules(all);
    addPartsWithoutDocuments(all);
    all.add(
        new EntryPoint<>(
            "visibility.upsert",
            "memo",
            (in, json) -> {
              RunKey run = newRun();
              in.visibility().upsert(Samples.visibility(run).memo(json).build(), 1);
              return in.visibility().find(run).orElseThrow().memo();
            }));
    return all;
  }

  private EntryPoint<Json> ofState(
      Entry entry,
      String field,
      BiFunction<RunState.Builder, Json, RunState.Builder> set,
      Function<RunState, Json> read) {
    return new EntryPoint<>(
        entry.of(field),
        field,
        (in, json) ->
            read.apply(
                stored(in, entry, set.apply(RunState.builder(), json).build(), parts -> {})
                    .execution()
                    .state()));
  }

  private void addOthersOfRuns(List<EntryPoint<Json>> all) {
    for (Entry entry : List.of(Entry.CREATE, Entry.IMPORT)) {
      all.add(
          new EntryPoint<>(
              entry.of("retryPolicy"),
              "retryPolicy",
              (in, json) ->
                  stored(
                          in,
                          entry,
                          RunDefinition.builder("t", "q", Samples.STARTED)
                              .retryPolicy(json)
                              .build())
                      .execution()
                      .definition()
                      .retryPolicy()
                      .orElseThrow()));
      all.add(
          new EntryPoint<>(
              entry.of("memo shown"),
              "memo",
              (in, json) -> {
                RunKey run = newRun();
                CreateMode mode =
                    entry == Entry.IMPORT ? CreateMode.bypassCurrent() : CreateMode.brandNew();
                CreateRun create =
                    Samples.create(run, mode)
                        .visibility(Samples.visibility(run).memo(json).build())
                        .build();
                if (entry == Entry.IMPORT) {
                  in.executions().importRun(acquireShardFor(run.workflowId()), create);
                } else {
                  apply(in, create);
                }
                return in.visibility().find(run).orElseThrow().memo();
              }));
    }
    all.add(
        new EntryPoint<>(
            "answer in a commit",
            "queryResult",
            (in, json) -> {
              RunKey run = startedRun();
              QueryKey query =
                  in.queryResults().request(NewQuery.create(run, "q", Json.emptyObject(), LONG));
              in.executions()
                  .commit(
                      transaction(acquireShardFor(run.workflowId()), Samples.update(run, 1).build())
                          .queryCompletion(new QueryCompletion(query, QueryAnswer.result(json)))
                          .build());
              return answer(in, query);
            }));
  }

  private static Json answer(Persistence in, QueryKey query) {
    return ((QueryAnswer.Result)
            in.queryResults().find(query).orElseThrow().completion().orElseThrow().answer())
        .value();
  }

  private void addQueries(List<EntryPoint<Json>> all) {
    all.add(
        new EntryPoint<>(
            "query",
            "queryInput",
            (in, json) -> {
              QueryKey query =
                  in.queryResults().request(NewQuery.create(startedRun(), "q", json, LONG));
              return in.queryResults().find(query).orElseThrow().input();
            }));
    all.add(
        new EntryPoint<>(
            "answer",
            "queryResult",
            (in, json) -> {
              QueryKey query =
                  in.queryResults()
                      .request(NewQuery.create(startedRun(), "q", Json.emptyObject(), LONG));
              in.queryResults().complete(new QueryCompletion(query, QueryAnswer.result(json)), 1);
              return answer(in, query);
            }));
  }

  @Test
  @Scenario("LI-01")
  void blobBytes_holdsAtEveryEntryPoint() {
    Persistence small = reopened(settings -> settings.limits(Limits.DEFAULTS.withBlobBytes(SMALL)));
    for (EntryPoint<Json> entry : all()) {
      assertKept(entry, small, document(SMALL));
      assertRefused(entry, small, document(SMALL + 1));
    }
  }

  @Test
  @Scenario("LI-01")
  void blobBytes_atTheirDefault_areStoredByEveryEntryPoint() {
    int limit = persistence().limits().blobBytes();
    for (EntryPoint<Json> entry : all()) {
      assertKept(entry, persistence(), document(limit));
      assertRefused(entry, persistence(), document(limit + 1));
    }
  }

  @Test
  @Scenario("LI-04")
  void numbersWithExponents_countAsTheyAreWrittenOut() {
    Persistence small = reopened(settings -> settings.limits(Limits.DEFAULTS.withBlobBytes(SMALL)));
    Json accepted = Json.of("[1e308,4.9E-324,-1.50e300,0e-20]");
    Json larger = Json.of("[1e308,1e308,1e308,1e308]");

    for (EntryPoint<Json> entry : all()) {
      Json stored = entry.roundTrip().apply(small, accepted);
      assertThat(stored).as(entry.name()).isEqualTo(accepted);
      assertThat(stored.size()).as(entry.name()).isLessThanOrEqualTo(accepted.size());
      assertThat(stored.text().length()).as(entry.name()).isLessThanOrEqualTo(SMALL);
      // What a store has returned, it takes again.
      assertThat(entry.roundTrip().apply(small, stored)).as(entry.name()).isEqualTo(accepted);
      assertRefused(entry, small, larger);
    }
  }

  @Test
  @Scenario("LI-04")
  void documents_ofManyTokens_areTakenAgain() {
    int limit = persistence().limits().blobBytes();
    Json many = Json.of("[" + "1,".repeat(limit / 2 - 2) + "1]");
    assertThat(many.size()).isBetween(limit - 2L, (long) limit);
    EntryPoint<Json> entry = all().getFirst();

    Json stored = entry.roundTrip().apply(persistence(), many);

    assertThat(stored).isEqualTo(many);
    assertThat(entry.roundTrip().apply(persistence(), stored)).isEqualTo(many);
  }

  @Test
  @Scenario({"LI-04", "X-07"})
  void documents_thatComeBackMuchLarger_areRefused() {
    String numbers = "[" + "1e308,".repeat(100_000) + "1e308]";

    assertThat(thrownBy(InvalidRequestException.class, () -> Json.of(numbers)).reason())
        .contains("written out");
    for (String refused : List.of("0e-999999999", "{\"" + "n".repeat(65_536) + "\":1}")) {
      assertThat(thrownBy(InvalidRequestException.class, () -> Json.of(refused)).position())
          .isPresent();
    }
    Json longest = Json.of("{\"" + "é".repeat(32_767) + "n\":0e-398}");
    assertKept(all().getFirst(), persistence(), longest);
  }

  @Test
  @Scenario({"LI-01", "LI-05"})
  void requestBytes_holdAtEveryEntryPointOfACommitOrBatch() {
    Persistence small =
        reopened(settings -> settings.limits(Limits.DEFAULTS.withRequestBytes(REQUEST)));
    List<String> others = new ArrayList<>();
    for (EntryPoint<Json> entry : all()) {
      Optional<LimitExceededException> refusal = refusal(entry, small, document(REQUEST));
      if (refusal.isEmpty()) {
        others.add(entry.name());
        continue;
      }
      // All that counts in addition to the document.
      long more = refusal.get().actual() - REQUEST;
      assertThat(more).as(entry.name()).isGreaterThan(Limits.PART_BYTES);
      int fitting = (int) (REQUEST - more);
      assertKept(entry, small, document(fitting));
      LimitExceededException larger = refusal(entry, small, document(fitting + 1)).orElseThrow();
      assertThat(larger.limit()).as(entry.name()).isEqualTo("requestBytes");
      assertThat(larger.field()).as(entry.name()).isIn("transaction", "tasks");
      assertThat(larger.actual()).as(entry.name()).isEqualTo(REQUEST + 1);
    }
    assertThat(others)
        .as("what is neither a commit nor a batch")
        .allMatch(name -> name.endsWith("by IMPORT") || ONE_RECORD.matcher(name).lookingAt());
  }

  private static Optional<LimitExceededException> refusal(
      EntryPoint<Json> entry, Persistence in, Json value) {
    try {
      assertThat(entry.roundTrip().apply(in, value)).as(entry.name()).isEqualTo(value);
      return Optional.empty();
    } catch (LimitExceededException refusal) {
      return Optional.of(refusal);
    }
  }
}
