package io.odin.persistence.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.history.HistoryEvent;
import io.odin.persistence.run.BaseRun;
import io.odin.persistence.run.RunKey;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RunChangeTest {

  @Test
  void createRun_holdsWhatWasGiven() {
    CreateRun create = Parts.create(CreateMode.brandNew());
    assertThat(create.key()).isEqualTo(Parts.NEXT_RUN);
    assertThat(create.mode()).isEqualTo(CreateMode.brandNew());
    assertThat(create.definition()).isEqualTo(Parts.definition());
    assertThat(create.state()).isEqualTo(Parts.running());
    assertThat(create.history()).containsExactly(Parts.event(1), Parts.event(2));
    assertThat(create.timers()).containsExactly(Parts.timer("t1"));
  }

  @Test
  void createRun_mayBeBare_orClosed() {
    CreateRun bare =
        CreateRun.builder(
                Parts.RUN, CreateMode.bypassCurrent(), Parts.definition(), Parts.completed())
            .build();
    assertThat(bare.history()).isEmpty();
    assertThat(bare.timers()).isEmpty();
  }

  @Test
  void createRun_historyThatDoesNotBeginWithEvent1_isRefused() {
    assertRefused(
        () -> newRun().event(Parts.event(2)).build(),
        "history of a new run must begin with event 1");
  }

  @Test
  void createRun_withABase_copiesWhatItDoesNotBring() {
    BaseRun base = new BaseRun(Parts.RUN.runId(), 2);

    assertThat(after(base).build().copied()).contains(base);
    assertThat(after(base).event(Parts.event(3)).build().copied()).contains(base);
    assertThat(after(base).event(Parts.event(1)).event(Parts.event(2)).build().copied()).isEmpty();
    assertThat(Parts.create(CreateMode.brandNew()).copied()).isEmpty();
  }

  @Test
  void createRun_withABaseThatDoesNotFitItsHistory_isRefused() {
    BaseRun base = new BaseRun(Parts.RUN.runId(), 2);

    assertRefused(
        () -> after(base).event(Parts.event(4)).build(),
        "history of a new run must begin with event 1, or 3 after its base's");
    assertRefused(
        () -> after(base).event(Parts.event(1)).build(),
        "history is whole, but ends before the event up to which the base run has the same");
    assertRefused(
        () -> after(new BaseRun(Parts.NEXT_RUN.runId(), 2)).build(), "base is the run itself");
    assertRefused(() -> new BaseRun(Parts.RUN.runId(), 0), "baseEventId is 0");
    assertRefused(() -> new BaseRun(Parts.RUN.runId(), 1_000_000_001), "baseEventId is 1000000001");
  }

  private static CreateRun.Builder after(BaseRun base) {
    return CreateRun.builder(
        Parts.NEXT_RUN,
        CreateMode.bypassCurrent(),
        RunDefinition.builder("order", "orders", Parts.AT).base(base).build(),
        Parts.running());
  }

  @Test
  void updateRun_thatMakesTheRunCurrent_hasTheModeForOneThatIsNot() {
    UpdateRun.Builder update =
        UpdateRun.builder(Parts.RUN, 1, Parts.running())
            .makeCurrentInPlaceOf(Parts.NEXT_RUN.runId());

    assertThat(update.build().mode()).isEqualTo(UpdateMode.BYPASS_CURRENT);
    assertThat(update.build().becomesCurrent())
        .contains(CreateMode.replaceClosed(Parts.NEXT_RUN.runId()));
    assertThat(UpdateRun.builder(Parts.RUN, 1, Parts.running()).makeCurrent().build())
        .satisfies(change -> assertThat(change.becomesCurrent()).contains(CreateMode.brandNew()));
    assertRefused(
        () -> update.mode(UpdateMode.CURRENT).build(),
        "updateMode is CURRENT, and the change makes the run the current one");
  }

  @Test
  void updateRun_holdsWhatWasGiven() {
    UpdateRun update = Parts.update();
    assertThat(update.key()).isEqualTo(Parts.RUN);
    assertThat(update.expectedVersion()).isEqualTo(6);
    assertThat(update.mode()).isEqualTo(UpdateMode.CURRENT);
    assertThat(update.state()).isEqualTo(Parts.completed());
    assertThat(update.history()).containsExactly(Parts.event(9));
    assertThat(update.timers()).isEmpty();
    assertThat(update.timersDeleted()).containsExactly(Parts.timerDelete("t2"));
    assertThat(update.signalsConsumed()).containsExactly("s1");
    assertThat(update.signalsSeen()).isEqualTo(3);
    assertThat(update.versionAfter()).isEqualTo(7);
  }

  @Test
  void change_thatClosesARunAndSetsATimer_isRefused() {
    assertRefused(
        () -> UpdateRun.builder(Parts.RUN, 1, Parts.completed()).timer(Parts.timer("t1")).build(),
        "timers are set by a change that closes the run");
  }

  @Test
  void visibility_thatDisagreesWithTheRun_isRefused() {
    assertRefused(
        () ->
            UpdateRun.builder(Parts.RUN, 1, Parts.running()).visibility(Parts.visibility()).build(),
        "visibility has state completed where the run has running");
    assertRefused(
        () ->
            CreateRun.builder(
                    Parts.RUN,
                    CreateMode.brandNew(),
                    RunDefinition.builder("order", "others", Parts.AT).build(),
                    Parts.completed())
                .visibility(Parts.visibility())
                .build(),
        "visibility has taskQueue orders where the run has others");
  }

  @Test
  void updateRun_expectedVersionThatNoRunHas_isRefused() {
    assertRefused(() -> updated(0).build(), "expectedVersion is 0");
    assertRefused(() -> updated(Long.MAX_VALUE).build(), "expectedVersion is 9223372036854775807");
  }

  @Test
  void history_withAGapOrOutOfOrder_isRefused() {
    assertRefused(
        () -> updated(1).event(Parts.event(3)).event(Parts.event(5)).build(),
        "history continues with event 5 where 4 is due");
    assertRefused(
        () -> updated(1).event(Parts.event(5)).event(Parts.event(4)).build(),
        "history continues with event 4 where 6 is due");
    assertRefused(
        () -> newRun().event(Parts.event(1)).event(Parts.event(1)).build(),
        "history continues with event 1 where 2 is due");
  }

  @Test
  void timers_namedTwice_areRefused() {
    assertRefused(
        () -> newRun().timer(Parts.timer("t")).timer(Parts.timer("t")).build(),
        "timers name timer t twice");
    assertRefused(
        () -> updated(1).timer(Parts.timer("t")).deleteTimer(Parts.timerDelete("t")).build(),
        "timers name timer t twice");
    assertRefused(
        () ->
            updated(1)
                .deleteTimer(Parts.timerDelete("t"))
                .deleteTimer(Parts.timerDelete("t"))
                .build(),
        "timers name timer t twice");
  }

  @Test
  void signals_namedTwiceOrSeenBelowZero_areRefused() {
    assertRefused(
        () -> updated(1).consumeSignal("s").consumeSignal("s").build(),
        "signalsConsumed name signal s twice");
    assertRefused(() -> updated(1).consumeSignal("").build(), "signalId is empty");
    assertRefused(() -> updated(1).signalsSeen(-1).build(), "signalsSeen is -1");
    assertThat(updated(1).build().signalsSeen()).isZero();
    assertThat(updated(1).disregardSignals().build().signalsSeen()).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void lists_areCopied() {
    List<HistoryEvent> events = new ArrayList<>(List.of(Parts.event(1)));
    CreateRun.Builder builder = newRun().history(events);
    CreateRun create = builder.build();
    events.clear();
    builder.event(Parts.event(2));
    assertThat(create.history()).containsExactly(Parts.event(1));
  }

  @Test
  @SuppressWarnings("NullAway") // What a caller without null checks does.
  void null_isRefusedByName() {
    assertRefused(() -> newRun(null, Parts.running()), "run is null");
    assertRefused(() -> newRun(Parts.RUN, null), "state is null");
    assertRefused(() -> newRun().event(null).build(), "history is null");
    assertRefused(() -> newRun().history(null), "history is null");
    assertRefused(() -> newRun().timer(null).build(), "timers is null");
    assertRefused(() -> updated(1).deleteTimer(null).build(), "timersDeleted is null");
    assertRefused(() -> updated(1).consumeSignal(null).build(), "signalId is null");
    assertRefused(() -> updated(1).mode(null).build(), "updateMode is null");
    assertRefused(() -> updated(1).timer(null).build(), "timers is null");
    assertRefused(() -> updated(1).event(Parts.event(1)).event(null).build(), "history is null");
    assertRefused(
        () -> CreateRun.builder(Parts.RUN, null, Parts.definition(), Parts.running()).build(),
        "createMode is null");
  }

  private static CreateRun.Builder newRun() {
    return CreateRun.builder(Parts.RUN, CreateMode.brandNew(), Parts.definition(), Parts.running());
  }

  private static CreateRun newRun(RunKey key, RunState state) {
    return CreateRun.builder(key, CreateMode.brandNew(), Parts.definition(), state).build();
  }

  private static UpdateRun.Builder updated(long expectedVersion) {
    return UpdateRun.builder(Parts.RUN, expectedVersion, Parts.running());
  }

  private static void assertRefused(ThrowingCallable call, String message) {
    assertThatExceptionOfType(InvalidRequestException.class)
        .isThrownBy(call)
        .withMessageStartingWith(message);
  }
}
