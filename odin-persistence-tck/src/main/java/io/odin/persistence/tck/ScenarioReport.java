package io.odin.persistence.tck;

import io.odin.persistence.tck.harness.Scenario;
import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The results of the scenarios. Thread-safe. */
final class ScenarioReport {

  private static final Path DIRECTORY = Path.of("target", "odin-tck");

  private final Map<String, Verdict> verdicts = new ConcurrentSkipListMap<>();

  /** The result of a scenario. */
  enum Verdict {
    PASS,
    /** The backend does not declare the capability, and refused the call. */
    REFUSED,
    FAIL,
    /** Discovered, and not run. */
    SKIPPED
  }

  void add(Method test, Verdict verdict) {
    Scenario scenario = test.getAnnotation(Scenario.class);
    String[] clauses = scenario == null ? new String[] {"-"} : scenario.value();
    for (String clause : clauses) {
      String line =
          "%-6s %s.%s".formatted(clause, test.getDeclaringClass().getSimpleName(), test.getName());
      // JUnit sees a refusal as an aborted test and reports it a second time.
      verdicts.merge(
          line, verdict, (first, next) -> first == Verdict.REFUSED ? Verdict.REFUSED : next);
    }
  }

  List<String> with(Verdict verdict) {
    return verdicts.entrySet().stream()
        .filter(entry -> entry.getValue() == verdict)
        .map(Map.Entry::getKey)
        .toList();
  }

  /**
   * Prints the results and writes them to target/odin-tck, into a file named after the test class.
   */
  void publish(Class<?> testClass) throws IOException {
    List<String> lines = new ArrayList<>();
    verdicts.forEach(
        (scenario, verdict) ->
            lines.add(
                "%-8s".formatted(verdict == Verdict.FAIL ? "FAIL" : lower(verdict)) + scenario));
    lines.add(
        "%s: %d passed, %d refused as declared, %d failed"
            .formatted(
                testClass.getSimpleName(),
                with(Verdict.PASS).size(),
                with(Verdict.REFUSED).size(),
                with(Verdict.FAIL).size()));
    lines.forEach(System.out::println);
    Files.createDirectories(DIRECTORY);
    Files.write(DIRECTORY.resolve(testClass.getName() + ".txt"), lines);
  }

  private static String lower(Verdict verdict) {
    return verdict.name().toLowerCase(Locale.ROOT);
  }
}
