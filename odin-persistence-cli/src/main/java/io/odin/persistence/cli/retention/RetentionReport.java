package io.odin.persistence.cli.retention;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.report.Table;
import java.util.Map;
import java.util.TreeMap;

/** What retention has deleted and what it has left. Not thread-safe. */
public final class RetentionReport {

  private final Map<String, Deleted> deleted = new TreeMap<>();
  private long shardsLeft;
  private long runsLeft;

  RetentionReport() {}

  /** What was deleted of a namespace. */
  private record Deleted(long runs, long rows) {

    Deleted and(Deleted other) {
      return new Deleted(runs + other.runs, rows + other.rows);
    }
  }

  void add(String namespace, long rows) {
    deleted.merge(namespace, new Deleted(1, rows), Deleted::and);
  }

  /** A shard belongs to someone else. */
  void leave(long runs) {
    shardsLeft++;
    runsLeft += runs;
  }

  /** The report for people. */
  public String toText() {
    String text = "%s\ndeleted: %d runs\n".formatted(toTable().toText(), runs());
    return shardsLeft == 0
        ? text
        : text
            + "left: %d runs in %d shards, to the engines that own them\n"
                .formatted(runsLeft, shardsLeft);
  }

  /** The report for programs. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("deletedRuns", runs());
    json.put("leftRuns", runsLeft);
    json.put("leftShards", shardsLeft);
    json.set("namespaces", toTable().toJson());
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
}
