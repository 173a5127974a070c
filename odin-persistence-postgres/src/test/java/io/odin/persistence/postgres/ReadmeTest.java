package io.odin.persistence.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.Persistence;
import io.odin.persistence.execution.RunKey;
import io.odin.persistence.execution.WorkflowExecution;
import io.odin.persistence.execution.WorkflowState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the README shows is what is compiled and run here. */
class ReadmeTest {

  private static final Path README = Path.of("..", "README.md");
  private static final Path SOURCE =
      Path.of("src/test/java/io/odin/persistence/postgres/ReadmeExample.java");

  @Test
  void example_isTheOneInTheReadme() throws IOException {
    List<String> source = Files.readAllLines(SOURCE);
    String example =
        String.join(
                "\n", source.subList(lineOf(source, "from here") + 1, lineOf(source, "to here")))
            .stripIndent();
    assertThat(Files.readString(README).replace("\r\n", "\n"))
        .as("the Java block of the README, without the closing brace")
        .contains("```java\n" + example + "\n}\n```");
  }

  private static int lineOf(List<String> source, String mark) {
    List<String> marks = source.stream().filter(line -> line.endsWith("README: " + mark)).toList();
    assertThat(marks).hasSize(1);
    return source.indexOf(marks.getFirst());
  }

  @Test
  void example_runs() {
    try (PostgresTckDatabase database = TestPostgres.V18.database()) {
      assertThat(Persistence.schemaOf(database.config()).migrate().isCurrent()).isTrue();
      RunKey run = ReadmeExample.startAndComplete(database.config());
      try (Persistence persistence = Persistence.open(database.config())) {
        WorkflowExecution stored = persistence.executions().find(run).orElseThrow().execution();
        assertThat(stored.state().state()).isEqualTo(WorkflowState.COMPLETED);
        assertThat(stored.nextEventId()).isEqualTo(3);
        assertThat(persistence.history().validate(run)).isEmpty();
      }
    }
  }
}
