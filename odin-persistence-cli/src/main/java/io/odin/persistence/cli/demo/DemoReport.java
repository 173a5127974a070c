package io.odin.persistence.cli.demo;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.demo.audit.Findings;
import io.odin.persistence.cli.demo.audit.Searches;
import io.odin.persistence.cli.demo.order.DemoJson;
import io.odin.persistence.cli.report.MonitoringQuery;
import io.odin.persistence.cli.report.Table;
import java.time.Duration;
import java.util.Map;

/**
 * The report of a demo.
 *
 * @param facts where and with what it ran, by name
 * @param traffic how long orders were processed
 * @param happened what happened, as the engine has counted it
 * @param operations how often each operation of the API was called, and how long it took
 * @param halfWay the monitoring queries when half of the orders had ended
 * @param atEnd the monitoring queries after the last one
 * @param searches results of searches
 * @param findings the result of the audit
 */
public record DemoReport(
    Map<String, String> facts,
    Duration traffic,
    Table happened,
    Table operations,
    Map<MonitoringQuery, Table> halfWay,
    Map<MonitoringQuery, Table> atEnd,
    Searches searches,
    Findings findings) {

  /** The report as text. */
  public String toText() {
    StringBuilder out = new StringBuilder("Odin demo\n");
    facts.forEach((name, value) -> out.append("  %-15s %s\n".formatted(name, value)));
    out.append('\n');
    halfWay.values().forEach(table -> section(out, table, ", half way"));
    atEnd.values().forEach(table -> section(out, table, ", at the end"));
    searches.tables().forEach(table -> section(out, table, ""));
    section(out, happened, "");
    section(out, operations, " in %.1f s".formatted(traffic.toMillis() / 1000.0));
    section(out, findings.toTable(), "");
    out.append("Audit of ").append(findings.scope()).append(", read back from the database\n");
    findings.texts().forEach(text -> out.append("  ").append(text).append('\n'));
    out.append("  ").append(findings.verdict()).append('\n');
    return out.toString();
  }

  private static void section(StringBuilder out, Table table, String suffix) {
    out.append(new Table(table.title() + suffix, table.columns(), table.rows()).toText())
        .append('\n');
  }

  /** The report as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = DemoJson.object();
    facts.forEach(json::put);
    json.put("trafficMillis", traffic.toMillis());
    json.set("audit", findings.toJson());
    json.set("orders", findings.toTable().toJson());
    json.set("happened", happened.toJson());
    json.set("operations", operations.toJson());
    json.set("halfWay", monitoring(halfWay));
    json.set("atEnd", monitoring(atEnd));
    json.set("visibility", searches.toJson());
    return json;
  }

  private static ObjectNode monitoring(Map<MonitoringQuery, Table> tables) {
    ObjectNode json = DemoJson.object();
    tables.forEach((query, table) -> json.set(query.resource(), table.toJson()));
    return json;
  }
}
