package io.odin.persistence.cli.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.odin.persistence.cli.report.TableLayout.LongCells;
import io.odin.persistence.cli.report.TableLayout.Painter;
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
  void cutsTheLongestCellsToTheWidth() {
    Table table =
        Table.builder("A title that is longer than the line is wide", "n", "text", "other")
            .cell(12345)
            .cell("a text that is much too long for it")
            .cell("short")
            .build();

    assertThat(table.toText(new TableLayout(34, LongCells.CUT, Painter.NONE)))
        .isEqualTo(
            """
            A title that is longer than the...
                  n  text                other
              -----  ------------------  -----
              12345  a text that is ...  short
            """);
  }

  @Test
  void neverCutsANumber() {
    Table table = Table.builder("T", "text", "number").cell("text").cell(1_234_567).build();

    assertThat(table.toText(new TableLayout(12, LongCells.CUT, Painter.NONE)))
        .isEqualTo("T\n  text\n  ----\n  text\n");
  }

  @Test
  void wrapsBetweenWords() {
    Table table =
        Table.builder("T", "status", "found")
            .cell("ok")
            .cell("one two three aWordThatIsLongerThanTheColumn four")
            .build();

    assertThat(
            table.toText(
                new TableLayout(
                    24,
                    LongCells.WRAPPED,
                    (column, cell) -> column.equals("status") ? Colour.GREEN : Colour.NONE)))
        .isEqualTo(
            """
            T
              status  found
              ------  --------------
              \033[32mok\033[0m      one two three
                      aWordThatIsLon
                      gerThanTheColu
                      mn four
            """);
  }

  @Test
  void showsNothingThatATerminalWouldObey() {
    Table table = Table.builder("T", "text").cell("SELECT\n\t1\033[2J\007").build();

    assertThat(table.toText()).contains("  SELECT 1?[2J?\n");
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
