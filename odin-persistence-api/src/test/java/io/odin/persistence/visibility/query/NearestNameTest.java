package io.odin.persistence.visibility.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The name that a user meant, or none. */
class NearestNameTest {

  private static Stream<String> known(String... attributes) {
    return Stream.concat(SystemField.allNames(), Arrays.stream(attributes));
  }

  private static Object meaning(String name) {
    return SystemField.named(name).<Object>map(field -> field).orElse(name);
  }

  @ParameterizedTest
  @CsvSource({
    "workflowid, WorkflowId",
    "WORKFLOW_ID, WorkflowId",
    "workflow-type, WorkflowType",
    "start_time, StartTime",
    "StartTme, StartTime",
    "StratTime, StartTime",
    "StartTimee, StartTime",
    "ExecutionStaus, ExecutionStatus",
    "Statu, Status",
    "Sate, State",
    "Histroylenght, HistoryLength",
    "runid, RunId",
    "DurationMS, DurationMs",
    "Amuont, Amount",
    "Keyword 01, Keyword01"
  })
  void nearName_isFound(String name, String expected) {
    assertThat(new NearestName(name).among(known("Amount", "Keyword01"), NearestNameTest::meaning))
        .hasValue(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "_",
        "Foo",
        "Id",
        "Type",
        "BuildIds",
        "RootWorkflowId",
        "RootRunId",
        "StartDate",
        "CloseStatus",
        "HistorySizeBytes",
        "TemporalChangeVersion",
        "Keyword02",
        "Keyword",
        "Amount2"
      })
  void farName_isNotFound(String name) {
    assertThat(new NearestName(name).among(known("Amount", "Keyword01"), NearestNameTest::meaning))
        .isEmpty();
  }

  @Test
  void severalThatAreAsNear_areNone() {
    assertThat(new NearestName("region").among(known("Region", "REGION"), NearestNameTest::meaning))
        .isEmpty();
    assertThat(new NearestName("Teem").among(known("Team", "Term"), NearestNameTest::meaning))
        .isEmpty();
    assertThat(new NearestName("Regiom").among(known("Region", "Legion"), NearestNameTest::meaning))
        .hasValue("Region");
  }
}
