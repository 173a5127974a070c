package io.odin.persistence.cli.torture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.cli.report.Table;
import io.odin.persistence.cli.torture.Ledger.Reply;
import io.odin.persistence.cli.torture.Ledger.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The report of a torture. */
public final class TortureReport {

  private final String backend;
  private final TortureSettings settings;
  private final Duration time;
  private final Map<Fault, List<Duration>> recoveries;
  private final List<String> scope;
  private final Ledger ledger;

  TortureReport(
      String backend,
      TortureSettings settings,
      Duration time,
      Map<Fault, List<Duration>> recoveries,
      List<String> scope,
      Ledger ledger) {
    this.backend = backend;
    this.settings = settings;
    this.time = time;
    this.recoveries = recoveries;
    this.scope = scope;
    this.ledger = ledger;
  }

  /** Whether what was reported to callers agrees with the database. */
  public boolean isClean() {
    return ledger.isClean();
  }

  /** The report as text. */
  public String toText() {
    StringBuilder out = new StringBuilder("Odin torture\n");
    out.append("  backend  %s\n".formatted(backend));
    out.append("  seed     %d\n".formatted(settings.seed()));
    out.append("  time     %d s\n\n".formatted(time.toSeconds()));
    out.append(faults().toText()).append('\n');
    out.append(answers().toText()).append('\n');
    out.append("Audit of ").append(String.join(", ", scope)).append('\n');
    ledger.texts().forEach(text -> out.append("  ").append(text).append('\n'));
    out.append("  ").append(verdict()).append('\n');
    return out.toString();
  }

  private String verdict() {
    return Arrays.stream(Verdict.values())
        .map(verdict -> verdict.text() + ": " + ledger.count(verdict))
        .collect(Collectors.joining(", "));
  }

  private Table faults() {
    Table.Builder table =
        Table.builder(
            "Faults, and milliseconds until a write succeeded again",
            "fault",
            "times",
            "median",
            "max");
    recoveries.forEach(
        (fault, times) -> {
          List<Long> sorted = times.stream().map(Duration::toMillis).sorted().toList();
          table
              .cell(fault.option())
              .cell(times.size())
              .cell(sorted.get(sorted.size() / 2))
              .cell(sorted.getLast());
        });
    return table.build();
  }

  private Table answers() {
    Table.Builder table = Table.builder("What was reported to callers", "answer", "times");
    for (Reply answer : Reply.values()) {
      table.cell(answer.text()).cell(ledger.count(answer));
    }
    return table.build();
  }

  /** The report as JSON. */
  public ObjectNode toJson() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("backend", backend);
    json.put("seed", settings.seed());
    json.put("seconds", time.toSeconds());
    json.put("longestCallMillis", ledger.longestCall().toMillis());
    json.set("faults", faults().toJson());
    json.set("answers", answers().toJson());
    ArrayNode audited = json.putArray("audited");
    scope.forEach(audited::add);
    ObjectNode verdicts = json.putObject("verdicts");
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict.text(), ledger.count(verdict));
    }
    ArrayNode texts = json.putArray("texts");
    ledger.texts().forEach(texts::add);
    return json;
  }
}
