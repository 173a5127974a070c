package io.odin.persistence.error;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.odin.persistence.value.Capability;
import java.util.Arrays;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PersistenceExceptionTest {

  private static final UUID COMMIT = new UUID(1, 2);

  /** What each failure reports to its caller: whether it was applied, and what to do next. */
  static Stream<Row> failures() {
    Stream<Row> fixed =
        Stream.of(
            new Row(new InvalidRequestException("f", "is wrong"), Outcome.NOT_APPLIED, Retry.NEVER),
            new Row(new LimitExceededException("l", 2, 1), Outcome.NOT_APPLIED, Retry.NEVER),
            new Row(new NotFoundException("run", "k"), Outcome.NOT_APPLIED, Retry.NEVER),
            new Row(new AlreadyExistsException("run", "k", "it"), Outcome.NOT_APPLIED, Retry.NEVER),
            new Row(
                new VersionConflictException("k", 1, 2), Outcome.NOT_APPLIED, Retry.AFTER_RELOAD),
            new Row(
                new CurrentRunConflictException("r", null),
                Outcome.NOT_APPLIED,
                Retry.AFTER_RELOAD),
            new Row(
                new HistoryConflictException("r", 4, 3), Outcome.NOT_APPLIED, Retry.AFTER_RELOAD),
            new Row(
                new SignalConflictException("r", "has more"),
                Outcome.NOT_APPLIED,
                Retry.AFTER_RELOAD),
            new Row(
                new ShardOwnershipLostException(7, 1, 2, "b"), Outcome.NOT_APPLIED, Retry.NEVER),
            new Row(
                new OutcomeUnknownException("commit", COMMIT, cause()),
                Outcome.UNKNOWN,
                Retry.SAME_REQUEST),
            new Row(
                new SchemaMismatchException("w", "1", "2", "a."), Outcome.NOT_APPLIED, Retry.NEVER),
            new Row(
                new UnsupportedCapabilityException("b", Capability.SQL_FUNCTIONS),
                Outcome.NOT_APPLIED,
                Retry.NEVER),
            new Row(new PersistenceClosedException(), Outcome.NOT_APPLIED, Retry.NEVER),
            new Row(
                new BackendFailureException("42501", "m", cause()),
                Outcome.NOT_APPLIED,
                Retry.NEVER));
    Stream<Row> leases =
        Arrays.stream(LeaseLostException.Reason.values())
            .map(r -> new Row(new LeaseLostException("k", r), Outcome.NOT_APPLIED, Retry.NEVER));
    Stream<Row> unavailable =
        Arrays.stream(UnavailableException.Reason.values())
            .map(
                r ->
                    new Row(
                        new UnavailableException(r, "m", cause()),
                        Outcome.NOT_APPLIED,
                        Retry.SAME_REQUEST));
    return Stream.of(fixed, leases, unavailable).flatMap(rows -> rows);
  }

  private static Throwable cause() {
    return new IllegalStateException("the driver's own");
  }

  record Row(PersistenceException failure, Outcome outcome, Retry retry) {}

  @ParameterizedTest
  @MethodSource("failures")
  void everyFailure_saysWhetherItHappened_andWhatToDo(Row row) {
    PersistenceException failure = row.failure();
    assertThat(failure.outcome()).isEqualTo(row.outcome());
    assertThat(failure.retry()).isEqualTo(row.retry());
    assertThat(failure.getMessage()).isNotBlank().doesNotContain("\n");
    assertThat(expectedByType(failure)).isEqualTo(row.retry());
  }

  @Test
  void withOutcome_replacesTheOutcomeAndSaysSo() {
    PersistenceException failure =
        new UnavailableException(UnavailableException.Reason.LOCK_TIMEOUT, "no lock", cause());

    assertThat(failure.withOutcome(Outcome.PARTLY_APPLIED)).isSameAs(failure);

    assertThat(failure.outcome()).isEqualTo(Outcome.PARTLY_APPLIED);
    assertThat(failure.retry()).isEqualTo(Retry.SAME_REQUEST);
    assertThat(failure).hasMessageStartingWith("no lock (a part of the operation was applied");
    assertThat(new NotFoundException("schedule", "k").withOutcome(Outcome.APPLIED))
        .hasMessageContaining("not found: k (the same request was applied before");
  }

  @Test
  void theTable_hasEveryType() {
    assertThat(
            failures().<Class<?>>map(row -> row.failure().getClass()).collect(Collectors.toSet()))
        .isEqualTo(Set.of(PersistenceException.class.getPermittedSubclasses()));
  }

  /** Without a default branch: it compiles only as long as the switch is complete. */
  private static Retry expectedByType(PersistenceException failure) {
    return switch (failure) {
      case InvalidRequestException e -> Retry.NEVER;
      case LimitExceededException e -> Retry.NEVER;
      case NotFoundException e -> Retry.NEVER;
      case AlreadyExistsException e -> Retry.NEVER;
      case VersionConflictException e -> Retry.AFTER_RELOAD;
      case CurrentRunConflictException e -> Retry.AFTER_RELOAD;
      case HistoryConflictException e -> Retry.AFTER_RELOAD;
      case SignalConflictException e -> Retry.AFTER_RELOAD;
      case ShardOwnershipLostException e -> Retry.NEVER;
      case LeaseLostException e -> Retry.NEVER;
      case UnavailableException e -> Retry.SAME_REQUEST;
      case OutcomeUnknownException e -> Retry.SAME_REQUEST;
      case SchemaMismatchException e -> Retry.NEVER;
      case UnsupportedCapabilityException e -> Retry.NEVER;
      case PersistenceClosedException e -> Retry.NEVER;
      case BackendFailureException e -> Retry.NEVER;
    };
  }

  @Test
  void accessors_areTyped() {
    InvalidRequestException invalid = new InvalidRequestException("query", "ends too early", 7);
    assertThat(invalid).hasMessage("query ends too early (at position 7)");
    assertThat(invalid.field()).isEqualTo("query");
    assertThat(invalid.reason()).isEqualTo("ends too early");
    assertThat(invalid.position()).hasValue(7);
    assertThat(new InvalidRequestException("id", "is empty").position()).isEmpty();

    VersionConflictException version = new VersionConflictException("run r", 1, 2);
    assertThat(version).hasMessage("run r is at version 2, expected 1");
    assertThat(version.key()).isEqualTo("run r");
    assertThat(version.expected()).isEqualTo(1);
    assertThat(version.actual()).isEqualTo(2);

    HistoryConflictException history = new HistoryConflictException("run r", 4, 3);
    assertThat(history).hasMessage("history of run r continues at event 4, the batch begins at 3");
    assertThat(history.expected()).isEqualTo(4);
    assertThat(history.actual()).isEqualTo(3);

    SignalConflictException signals = new SignalConflictException("run r", "has 2 signals");
    assertThat(signals).hasMessage("run r has 2 signals");
    assertThat(signals.run()).isEqualTo("run r");

    OutcomeUnknownException unknown = new OutcomeUnknownException("commit", COMMIT, cause());
    assertThat(unknown.commitId()).hasValue(COMMIT);
    assertThat(unknown).hasCauseInstanceOf(IllegalStateException.class);
    assertThat(new OutcomeUnknownException("namespaces.create", null, null).commitId()).isEmpty();
  }

  @Test
  void alreadyExists_handsOutTheExistingRecord_byItsType() {
    AlreadyExistsException exists = new AlreadyExistsException("namespace", "n", "the record");
    assertThat(exists.existing(String.class)).isEqualTo("the record");
    assertThatExceptionOfType(ClassCastException.class)
        .isThrownBy(() -> exists.existing(Integer.class));
  }

  @Test
  void shardOwnershipLost_distinguishesAnExpiredLeaseFromATakeOver() {
    ShardOwnershipLostException takenOver = new ShardOwnershipLostException(7, 1, 2, "b");
    assertThat(takenOver).hasMessage("shard 7 was held with token 1; the token is now 2, owner b");
    assertThat(takenOver.owner()).hasValue("b");
    assertThat(new ShardOwnershipLostException(7, 1, 1, null))
        .hasMessage("the lease of shard 7 with token 1 has ended");
  }
}
