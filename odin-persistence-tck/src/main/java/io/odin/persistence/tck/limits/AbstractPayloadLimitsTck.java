package io.odin.persistence.tck.limits;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.RunState;
import io.odin.persistence.execution.UpdateRun;
import io.odin.persistence.execution.WorkflowTransaction;
import io.odin.persistence.namespace.NamespaceId;
import io.odin.persistence.namespace.NamespaceSettings;
import io.odin.persistence.query.NewQuery;
import io.odin.persistence.query.QueryAnswer;
import io.odin.persistence.query.QueryCompletion;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleKey;
import io.odin.persistence.signal.NewSignal;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.timer.TimerDelete;
import io.odin.persistence.value.Json;
import io.odin.persistence.visibility.Tags;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * The entry points of documents that are not of runs, and those of commits whose other parts have
 * no document.
 */
abstract class AbstractPayloadLimitsTck extends AbstractPayloadsTck {

  void addNamespaces(List<EntryPoint<Json>> all) {
    all.add(
        new EntryPoint<>(
            "namespaces.create",
            "clusterConfig",
            (in, json) -> {
              NamespaceId id = NamespaceId.create();
              NamespaceSettings settings = NamespaceSettings.builder().clusterConfig(json).build();
              return in.namespaces().create(id, "tck-" + id, settings).settings().clusterConfig();
            }));
    all.add(
        new EntryPoint<>(
            "namespaces.update",
            "data",
            (in, json) ->
                in.namespaces()
                    .update(newNamespace(), NamespaceSettings.builder().data(json).build(), 1)
                    .settings()
                    .data()));
  }

  void addSchedules(List<EntryPoint<Json>> all) {
    Map<String, BiFunction<ScheduleDefinition.Builder, Json, ScheduleDefinition.Builder>> set =
        Map.of(
            "input", ScheduleDefinition.Builder::input,
            "retryPolicy", ScheduleDefinition.Builder::retryPolicy,
            "memo", ScheduleDefinition.Builder::memo,
            "searchAttributes", ScheduleDefinition.Builder::searchAttributes);
    set.forEach(
        (field, setter) -> {
          all.add(
              new EntryPoint<>(
                  "schedules.create, " + field,
                  field,
                  (in, json) -> {
                    ScheduleDefinition definition = scheduleWith(setter, json);
                    return read(in, scheduled(in, definition), field);
                  }));
          all.add(
              new EntryPoint<>(
                  "schedules.update, " + field,
                  field,
                  (in, json) -> {
                    ScheduleKey key = scheduled(in, Samples.hourly());
                    in.schedules().update(key, scheduleWith(setter, json), 1);
                    return read(in, key, field);
                  }));
        });
  }

  private static ScheduleDefinition scheduleWith(
      BiFunction<ScheduleDefinition.Builder, Json, ScheduleDefinition.Builder> setter, Json json) {
    return setter.apply(Samples.schedule(Samples.hourly().spec()), json).build();
  }

  private static Json read(Persistence in, ScheduleKey key, String field) {
    ScheduleDefinition stored = in.schedules().find(key).orElseThrow().definition();
    return switch (field) {
      case "input" -> stored.input().orElseThrow();
      case "retryPolicy" -> stored.retryPolicy().orElseThrow();
      case "memo" -> stored.memo().orElseThrow();
      default -> stored.searchAttributes().orElseThrow();
    };
  }

  void addPartsWithoutDocuments(List<EntryPoint<Json>> all) {
    Map<String, Part> parts =
        Map.of(
            "removed timer",
            (in, run, update, transaction) ->
                update.deleteTimer(new TimerDelete("t", Optional.of(Samples.ENDED))),
            "consumed signal",
            (in, run, update, transaction) -> {
              NewSignal signal = NewSignal.create("s", Json.emptyObject());
              in.signals().put(run, signal);
              update.consumeSignal(signal.signalId());
            },
            "tag",
            (in, run, update, transaction) -> update.tags(Tags.of(Map.of("k", "v"))),
            "failed answer",
            (in, run, update, transaction) ->
                transaction.queryCompletion(
                    new QueryCompletion(
                        in.queryResults()
                            .request(NewQuery.create(run, "q", Json.emptyObject(), LONG)),
                        QueryAnswer.error("broken"))));
    parts.forEach(
        (name, part) ->
            all.add(
                new EntryPoint<>(
                    "memo beside a " + name,
                    "memo",
                    (in, json) -> {
                      RunKey run = startedRun();
                      UpdateRun.Builder update =
                          UpdateRun.builder(run, 1, RunState.builder().memo(json).build());
                      WorkflowTransaction.Builder transaction =
                          WorkflowTransaction.builder(acquireShardFor(run.workflowId()));
                      part.add(in, run, update, transaction);
                      in.executions().commit(transaction.change(update.build()).build());
                      return in.executions().find(run).orElseThrow().execution().state().memo();
                    })));
  }

  /** Adds a part without a document to a commit that changes a run. */
  @FunctionalInterface
  private interface Part {
    void add(
        Persistence in,
        RunKey run,
        UpdateRun.Builder update,
        WorkflowTransaction.Builder transaction);
  }
}
