package io.odin.persistence.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import org.junit.jupiter.api.Test;

class TableTest {

  @Test
  void alignsTextLeftAndNumbersRight() {
    Table table =
        Table.builder("Queues", "name", "depth")
            .cell("a")
            .cell(7)
            .cell("order-processing")
            .cell(12_345)
            .build();

    assertThat(table.toText())
        .isEqualTo(
            """
            Queues
              name              depth
              ----------------  -----
              a                     7
              order-processing  12345
            """);
  }

  @Test
  void saysSoWhenThereIsNothing() {
    assertThat(Table.builder("Queues", "name").build().toText())
        .isEqualTo("Queues\n  name\n  ----\n  (none)\n");
  }

  @Test
  void showsNullAsDashAndRoundsToTwoDecimals() {
    Table table =
        Table.builder("Times", "oldest", "ms")
            .cell(JsonNodeFactory.instance.nullNode())
            .cell(1.005)
            .cell("2026-11-22T08:00:00Z")
            .cell(10.0)
            .build();

    assertThat(table.toText()).contains("  -                      1.01\n").contains(" 10.00\n");
  }

  @Test
  void becomesJsonObjects() {
    Table table = Table.builder("Queues", "name", "depth").cell("a").cell(7).build();

    assertThat(table.toJson().toString()).isEqualTo("[{\"name\":\"a\",\"depth\":7}]");
  }

  @Test
  void refusesHalfARow() {
    Table.Builder builder = Table.builder("Queues", "name", "depth").cell("a");

    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
  }
}
