package io.odin.persistence.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.odin.persistence.benchmarks.harness.DisturbanceResult;
import io.odin.persistence.benchmarks.harness.RowResult;
import io.odin.persistence.benchmarks.harness.Runner;
import io.odin.persistence.benchmarks.harness.SideResult;
import io.odin.persistence.benchmarks.harness.Spread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** The results as a JSON file, with what is needed to compare them with another run. */
final class JsonReport {

  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private JsonReport() {}

  static void write(
      Path file,
      String product,
      Map<String, String> settings,
      Distance distance,
      Runner.Pace pace,
      List<RowResult> results,
      List<DisturbanceResult> disturbances)
      throws IOException {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("finishedAt", Instant.now().toString());
    ObjectNode machine = root.putObject("machine");
    machine.put("processors", Runtime.getRuntime().availableProcessors());
    machine.put("os", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    machine.put("jvm", Runtime.version().toString());
    root.put("product", product);
    ObjectNode server = root.putObject("server");
    settings.forEach(server::put);
    ObjectNode away = root.putObject("roundTrip");
    away.put("addedMicroseconds", distance.added().toNanos() / 1_000);
    away.put("measuredMicroseconds", distance.measured().toNanos() / 1_000);
    ObjectNode paced = root.putObject("pace");
    paced.put("sliceSeconds", pace.slice().toMillis() / 1000.0);
    paced.put("rounds", pace.rounds());
    paced.put("warmUpOperations", pace.warmUp());
    var rows = root.putArray("rows");
    results.forEach(result -> rows.add(row(result)));
    root.set("disturbances", MAPPER.valueToTree(disturbances));
    Path folder = file.toAbsolutePath().getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    MAPPER.writeValue(file.toFile(), root);
  }

  private static ObjectNode row(RowResult result) {
    ObjectNode row = JsonNodeFactory.instance.objectNode();
    row.put("row", result.row());
    row.put("workers", result.workers());
    row.put("unit", result.unit());
    row.put("busyBefore", result.restlessness());
    var sides = row.putArray("sides");
    result.sides().forEach(side -> sides.add(side(side, result.library())));
    var differences = row.putArray("differences");
    result.differences().forEach(differences::add);
    return row;
  }

  private static ObjectNode side(SideResult side, SideResult library) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("side", side.name());
    spread(node.putObject("perSecond"), side.rate());
    if (!side.equals(library)) {
      spread(node.putObject("libraryOverThis"), library.ratioTo(side));
    }
    node.put("roundTripsPerOperation", side.roundTrips());
    node.put("clientMicrosecondsPerOperation", side.clientMicroseconds());
    var slices = node.putArray("slices");
    side.slices().forEach(slice -> slices.add(MAPPER.valueToTree(slice)));
    return node;
  }

  private static void spread(ObjectNode node, Spread spread) {
    node.put("median", spread.median());
    node.put("minimum", spread.minimum());
    node.put("maximum", spread.maximum());
  }
}
