package io.odin.persistence.tck.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.AlreadyExistsException;
import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.error.LeaseLostException;
import io.odin.persistence.error.LimitExceededException;
import io.odin.persistence.error.NotFoundException;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.execution.CreateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.query.QueryKey;
import io.odin.persistence.query.QueryResultStore;
import io.odin.persistence.query.WorkflowQuery;
import io.odin.persistence.query.WorkflowQuery.Completion;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.shard.ShardLease;
import io.odin.persistence.tck.harness.Concurrently;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import io.odin.persistence.tck.harness.StoreTck;
import io.odin.persistence.tck.harness.Workbench;
import io.odin.persistence.value.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The behavior of a {@link QueryResultStore}: each query has one answer and expires. */
public abstract class QueryResultStoreTck extends StoreTck {

  private static final QueryAnswer SHIPPED =
      QueryAnswer.result(Json.of("{\"status\":\"shipped\"}"));
  private static final int DELETE_RACES = 100;
  private static final QueryAnswer BROKEN = QueryAnswer.error("no such query: status");

  /** For backends. */
  protected QueryResultStoreTck() {}

  private QueryResultStore store() {
    return persistence().queryResults();
  }

  private static NewQuery query(RunKey run, Duration timeToLive) {
    return NewQuery.create(run, "status", Json.of("{\"of\":\"item 1\"}"), timeToLive);
  }

  private QueryKey requested(RunKey run) {
    return store().request(query(run, LONG));
  }

  private WorkflowQuery load(QueryKey query) {
    return store().find(query).orElseThrow();
  }

  private void complete(QueryKey query, QueryAnswer answer, long version) {
    store().complete(new QueryCompletion(query, answer), version);
  }

  private void assertNotFound(QueryKey query) {
    assertThat(store().find(query)).isEmpty();
    LeaseLostException refused =
        thrownBy(LeaseLostException.class, () -> complete(query, SHIPPED, 1));
    assertThat(refused.reason()).isEqualTo(LeaseLostException.Reason.GONE);
  }

  /** A query that has expired by the database's clock. */
  private QueryKey expired(RunKey run) {
    QueryKey query = store().request(query(run, SHORT));
    await().until(() -> store().find(query).isEmpty());
    return query;
  }

  @Test
  @Scenario("QR-01")
  void request_isFoundUntilItIsAnswered() {
    Instant before = databaseNow();
    NewQuery query = query(startedRun(), LONG);

    QueryKey key = store().request(query);

    assertThat(key).isEqualTo(query.key());
    WorkflowQuery stored = load(key);
    assertThat(stored.key()).isEqualTo(key);
    assertThat(stored.name()).isEqualTo("status");
    assertThat(stored.input()).isEqualTo(query.input());
    assertThat(stored.requestedAt()).isBetween(before, databaseNow());
    assertThat(stored.expiresAt().orElseThrow())
        .isBetween(before.plus(LONG), databaseNow().plus(LONG));
    assertThat(stored.completion()).isEmpty();
  }

  @Test
  @Scenario("QR-01")
  void complete_withAResultOrAnError_isFound() {
    RunKey run = startedRun();
    for (QueryAnswer answer : List.of(SHIPPED, BROKEN, QueryAnswer.result(Json.of("null")))) {
      QueryKey query = requested(run);
      Instant before = databaseNow();

      complete(query, answer, 1);

      Completion completion = load(query).completion().orElseThrow();
      assertThat(completion.answer()).isEqualTo(answer);
      assertThat(completion.executionVersion()).isEqualTo(1);
      assertThat(completion.completedAt()).isBetween(before, databaseNow());
    }
  }

  @Test
  @Scenario("QR-01")
  void request_toAClosedRun_isAnswered() {
    RunKey run = startedRun();
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));

    QueryKey query = requested(run);
    complete(query, SHIPPED, 2);

    assertThat(load(query).completion().orElseThrow().executionVersion()).isEqualTo(2);
  }

  @Test
  @Scenario("QR-01")
  void request_again_isTheSameQuery() {
    NewQuery query = query(startedRun(), LONG);
    store().request(query);
    WorkflowQuery first = load(query.key());

    store().request(new NewQuery(query.key(), query.name(), query.input(), SHORT));

    assertThat(load(query.key())).isEqualTo(first);
    NewQuery other = new NewQuery(query.key(), query.name(), Json.emptyObject(), LONG);
    AlreadyExistsException refused =
        thrownBy(AlreadyExistsException.class, () -> store().request(other));
    assertThat(refused.existing(WorkflowQuery.class)).isEqualTo(first);
    assertThat(load(query.key())).isEqualTo(first);
  }

  @Test
  @Scenario("QR-01")
  void request_toAMissingRun_isNotFound() {
    NewQuery query = query(newRun(), LONG);

    NotFoundException refused = thrownBy(NotFoundException.class, () -> store().request(query));

    assertThat(refused.kind()).isEqualTo("run");
    assertThat(store().find(query.key())).isEmpty();
  }

  @Test
  @Scenario("QR-01")
  void inputsAndResults_beyondTheLimit_areRefused() {
    RunKey run = startedRun();
    QueryKey query = requested(run);
    Json large = Json.of("\"" + "x".repeat(persistence().limits().blobBytes()) + "\"");
    QueryCompletion completion = new QueryCompletion(query, QueryAnswer.result(large));

    thrownBy(
        LimitExceededException.class,
        () -> store().request(NewQuery.create(run, "status", large, LONG)));
    thrownBy(LimitExceededException.class, () -> store().complete(completion, 1));
    thrownBy(
        LimitExceededException.class,
        () ->
            persistence()
                .executions()
                .commit(
                    transaction(Samples.update(run, 1).build())
                        .queryCompletion(completion)
                        .build()));

    assertThat(load(query).completion()).isEmpty();
  }

  @Test
  @Scenario("QR-02")
  void complete_again_changesNothing() {
    QueryKey query = requested(startedRun());
    complete(query, SHIPPED, 1);
    WorkflowQuery first = load(query);

    complete(query, QueryAnswer.result(Json.of(" {\"status\" : \"shipped\"}")), 1);

    assertThat(load(query)).isEqualTo(first);
  }

  @Test
  @Scenario("QR-02")
  void complete_withAnotherAnswer_isRefused() {
    QueryKey query = requested(startedRun());
    complete(query, SHIPPED, 1);
    WorkflowQuery first = load(query);

    AlreadyExistsException refused =
        thrownBy(AlreadyExistsException.class, () -> complete(query, BROKEN, 1));

    assertThat(refused.existing(WorkflowQuery.class)).isEqualTo(first);
    thrownBy(AlreadyExistsException.class, () -> complete(query, SHIPPED, 2));
    assertThat(load(query)).isEqualTo(first);
  }

  @Test
  @Scenario("QR-02")
  void complete_atAVersionThatNoRunHas_isRefused() {
    QueryKey query = requested(startedRun());

    thrownBy(InvalidRequestException.class, () -> complete(query, SHIPPED, 0));

    assertThat(load(query).completion()).isEmpty();
  }

  @Test
  @Scenario("QR-03")
  void complete_byMany_succeedsOnce() {
    QueryKey query = requested(startedRun());

    int winner =
        Concurrently.run(
                Concurrently.COMPETITORS,
                i -> {
                  complete(query, QueryAnswer.result(Json.of("" + i)), 1);
                  return i;
                })
            .onlyWinner(AlreadyExistsException.class);

    assertThat(load(query).completion().orElseThrow().answer())
        .isEqualTo(QueryAnswer.result(Json.of("" + winner)));
  }

  @Test
  @Scenario("QR-04")
  void query_whenExpired_isNotFound() {
    RunKey run = startedRun();
    QueryKey query = expired(run);

    assertNotFound(query);
    NewQuery again = new NewQuery(query, "status", Json.of("{\"of\":\"item 1\"}"), LONG);
    LeaseLostException refused = thrownBy(LeaseLostException.class, () -> store().request(again));
    assertThat(refused.reason()).isEqualTo(LeaseLostException.Reason.GONE);
    assertNotFound(query);
  }

  @Test
  @Scenario("QR-04")
  void answer_whenExpired_isNotFound() {
    RunKey run = startedRun();
    QueryKey query = store().request(query(run, Duration.ofSeconds(2)));
    complete(query, SHIPPED, 1);

    await().until(() -> store().find(query).isEmpty());

    assertNotFound(query);
  }

  @Test
  @Scenario("QR-04")
  void query_thatWasNeverRequested_isNotFound() {
    assertNotFound(QueryKey.create(startedRun()));
  }

  @Test
  @Scenario("QR-04")
  void query_ofADeletedRun_isNotFound() {
    RunKey run = startedRun();
    QueryKey open = requested(run);
    QueryKey answered = requested(run);
    complete(answered, SHIPPED, 1);
    commit(Samples.close(run, 1, WorkflowState.COMPLETED));

    persistence().executions().delete(run, acquireShardFor(run.workflowId()));

    assertNotFound(open);
    assertNotFound(answered);
  }

  @Test
  @Scenario("QR-04")
  void request_whileTheRunIsDeleted_leavesNone() {
    ShardLease lease = acquired(newShard(), "A", LONG);
    for (int round = 0; round < DELETE_RACES; round++) {
      RunKey run = RunKey.create(namespace(), newWorkflowIdIn(lease.shardId()));
      CreateRun ended = Samples.createClosed(run, WorkflowState.COMPLETED).build();
      persistence().executions().commit(transaction(lease, ended).build());
      NewQuery query = query(run, LONG);

      Concurrently.both(
              () -> store().request(query), () -> persistence().executions().delete(run, lease))
          .losers(NotFoundException.class);

      assertThat(store().find(query.key())).as("round %s", round).isEmpty();
    }
  }

  @Test
  @Scenario("QR-04")
  void expire_deletesExpiredQueriesOnly() {
    Workbench bench = Workbench.on(freshDatabase().persistence());
    QueryResultStore own = bench.persistence().queryResults();
    RunKey run = bench.startedRun();
    QueryKey live = own.request(query(run, LONG));
    List<QueryKey> over =
        IntStream.range(0, 5).mapToObj(i -> own.request(query(run, SHORT))).toList();
    await().until(() -> over.stream().allMatch(query -> own.find(query).isEmpty()));

    assertThat(own.expire(3)).isEqualTo(3);
    assertThat(own.expire(1000)).isEqualTo(2);
    assertThat(own.expire(1000)).isZero();

    assertThat(own.find(live)).isPresent();
  }

  @Test
  @Scenario("QR-05")
  void commit_answersAtTheVersionItCreates() {
    RunKey run = startedRun();
    QueryKey status = requested(run);
    QueryKey broken = requested(run);

    persistence()
        .executions()
        .commit(
            transaction(Samples.update(run, 1).build())
                .queryCompletion(new QueryCompletion(status, SHIPPED))
                .queryCompletion(new QueryCompletion(broken, BROKEN))
                .build());

    assertThat(load(status).completion().orElseThrow().answer()).isEqualTo(SHIPPED);
    assertThat(load(status).completion().orElseThrow().executionVersion()).isEqualTo(2);
    assertThat(load(broken).completion().orElseThrow().answer()).isEqualTo(BROKEN);
  }

  @Test
  @Scenario("QR-05")
  void commit_whoseQueryIsMissingOrAnswered_writesNothing() {
    RunKey run = startedRun();
    QueryKey live = requested(run);
    QueryKey answered = requested(run);
    complete(answered, SHIPPED, 1);
    QueryKey missing = expired(run);

    assertRefused(LeaseLostException.class, run, live, missing);
    assertRefused(AlreadyExistsException.class, run, live, answered);
    // A repetition of the stored answer is accepted.
    complete(live, SHIPPED, 2);
    persistence().executions().commit(answering(run, live));
    assertThat(load(live).completion().orElseThrow().executionVersion()).isEqualTo(2);
  }

  private WorkflowTransaction answering(RunKey run, QueryKey... queries) {
    WorkflowTransaction.Builder transaction = transaction(Samples.update(run, 1).build());
    for (QueryKey query : queries) {
      transaction.queryCompletion(new QueryCompletion(query, SHIPPED));
    }
    return transaction.build();
  }

  private void assertRefused(
      Class<? extends PersistenceException> type, RunKey run, QueryKey... queries) {
    thrownBy(type, () -> persistence().executions().commit(answering(run, queries)));
    assertThat(load(queries[0]).completion()).isEmpty();
    assertThat(persistence().executions().find(run).orElseThrow().execution().version())
        .isEqualTo(1);
  }
}
