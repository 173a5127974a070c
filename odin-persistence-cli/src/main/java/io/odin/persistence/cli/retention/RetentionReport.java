package io.odin.persistence.cli.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.error.PersistenceException;
import io.odin.persistence.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What retention has deleted, left and skipped. Not thread-safe. */
public final class RetentionReport {

  // If the whole archive is at fault, more of them would be of no use.
  private static final int MAX_LISTED = 1000;

  private final Map<String, Deleted> deleted = new TreeMap<>();
  private final List<Skipped> skipped = new ArrayList<>();
  private long runsSkipped;
  private long shardsLeft;
  private long runsLeft;

  RetentionReport() {}

  /** What was deleted of a namespace. */
  private record Deleted(long runs, long rows) {

    Deleted and(Deleted other) {
      return new Deleted(runs + other.runs, rows + other.rows);
    }
  }

  private record Skipped(String namespace, RunKey run, String reason) {}

  void add(String namespace, long rows) {
    deleted.merge(namespace, new Deleted(1, rows), Deleted::and);
  }

  /** Records a run that could not be archived or deleted. */
  void skip(String namespace, RunKey run, PersistenceException reason) {
    runsSkipped++;
    if (skipped.size() < MAX_LISTED) {
      skipped.add(new Skipped(namespace, run, String.valueOf(reason.getMessage())));
    }
  }

  /** Records a shard with another owner, and its runs. */
  void leave(long runs) {
    shardsLeft++;
    runsLeft += runs;
  }

  /** Whether no run was skipped. */
  public boolean isComplete() {
    return runsSkipped == 0;
  }

  /** The report as text. */
  public String toText() {
    StringBuilder text =
        new StringBuilder("%s\ndeleted: %d runs\n".formatted(toTable().toText(), runs()));
    if (shardsLeft > 0) {
      text.append(
          "left: %d runs in %d shards, to the engines that own them\n"
              .formatted(runsLeft, shardsLeft));
    }
    if (!isComplete()) {
      text.append("skipped: %d runs\n\n%s".formatted(runsSkipped, toSkippedTable().toText()));
    }
    return text.toString();
  }

  /** The report as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("deletedRuns", runs());
    json.put("leftRuns", runsLeft);
    json.put("leftShards", shardsLeft);
    json.put("skippedRuns", runsSkipped);
    json.set("namespaces", toTable().toJson());
    json.set("skipped", toSkippedTable().toJson());
    return json;
  }

  private long runs() {
    return deleted.values().stream().mapToLong(Deleted::runs).sum();
  }

  private Table toTable() {
    Table.Builder table = Table.builder("Retention", "namespace", "runs", "rows");
    deleted.forEach((namespace, sum) -> table.cell(namespace).cell(sum.runs()).cell(sum.rows()));
    return table.build();
  }

  private Table toSkippedTable() {
    Table.Builder table =
        Table.builder(
            "Skipped runs, the first " + MAX_LISTED,
            "namespace",
            "workflow_id",
            "run_id",
            "reason");
    skipped.forEach(
        one ->
            table
                .cell(one.namespace())
                .cell(one.run().workflowId())
                .cell(one.run().runId().toString())
                .cell(one.reason()));
    return table.build();
  }
}
