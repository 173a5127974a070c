package io.odin.persistence.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.run.WorkflowState;
import io.odin.persistence.task.TaskType;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class WorkflowStateTest {

  @Test
  void values_areWhatTheTablesHold() {
    assertThat(Arrays.stream(WorkflowState.values()).map(WorkflowState::value))
        .containsExactly(
            "running",
            "completed",
            "failed",
            "canceled",
            "terminated",
            "continued_as_new",
            "timed_out");
    assertThat(Arrays.stream(TaskType.values()).map(TaskType::value))
        .isEqualTo(List.of("workflow", "activity"));
  }

  @Test
  void of_isTheInverse_andRefusesWhatIsNone() {
    for (WorkflowState state : WorkflowState.values()) {
      assertThat(WorkflowState.of(state.value())).isEqualTo(state);
    }
    for (TaskType type : TaskType.values()) {
      assertThat(TaskType.of(type.value())).isEqualTo(type);
    }
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> WorkflowState.of("paused"));
    assertThatExceptionOfType(IllegalArgumentException.class)
        .isThrownBy(() -> TaskType.of("nexus"));
  }

  @Test
  void onlyRunning_isOpen() {
    assertThat(Arrays.stream(WorkflowState.values()).filter(state -> !state.isClosed()))
        .containsExactly(WorkflowState.RUNNING);
  }

  /** Six ways to end, three policies: which id may be used again. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "RUNNING")
  void reusePolicies(WorkflowState closed) {
    Set<WorkflowState> unsuccessful =
        EnumSet.of(
            WorkflowState.FAILED,
            WorkflowState.CANCELED,
            WorkflowState.TERMINATED,
            WorkflowState.TIMED_OUT);
    assertThat(IdReusePolicy.ALLOW_DUPLICATE.allows(closed)).isTrue();
    assertThat(IdReusePolicy.ALLOW_DUPLICATE_FAILED_ONLY.allows(closed))
        .isEqualTo(unsuccessful.contains(closed));
    assertThat(IdReusePolicy.REJECT_DUPLICATE.allows(closed)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void completedAt_isGivenExactlyWhenTheRunIsClosed(WorkflowState state) {
    RunState.Builder without = RunState.builder().state(state);
    RunState.Builder with = RunState.builder().closed(state, Parts.AT);
    RunState.Builder right = state.isClosed() ? with : without;
    RunState.Builder wrong = state.isClosed() ? without : with;
    assertThat(right.build().state()).isEqualTo(state);
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(wrong::build)
        .withMessageStartingWith("completedAt is " + (state.isClosed() ? "missing" : "given"));
  }
}
