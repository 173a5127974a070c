package io.odin.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.schedule.ScheduleSpec;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Texts of specs. */
class ScheduleSpecTest {

  @ParameterizedTest
  @CsvSource({
    "@every 5m, PT5M, PT0S, @every 300s",
    "@every 1h30m/10m, PT90M, PT10M, @every 5400s/600s",
    "'  @EVERY\t1d / 9h ', PT24H, PT9H, @every 86400s/32400s",
    "@every 1d2h3m4s, PT26H3M4S, PT0S, @every 93784s",
    "@every 90s/0s, PT90S, PT0S, @every 90s"
  })
  void every_isAnInterval(String text, Duration interval, Duration offset, String plain) {
    ScheduleSpec spec = ScheduleSpec.cron(text, "Europe/Berlin");

    assertThat(spec).isEqualTo(ScheduleSpec.interval(interval, offset));
    assertThat(spec)
        .asInstanceOf(type(ScheduleSpec.EpochInterval.class))
        .extracting(ScheduleSpec.EpochInterval::text)
        .isEqualTo(plain);
    assertThat(ScheduleSpec.cron(plain, "UTC")).isEqualTo(spec);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "@every",
        "@every 5",
        "@every m",
        "@every 5m5m",
        "@every 5s1m",
        "@every 1.5h",
        "@every 500ms",
        "@every -5m",
        "@every 5m/",
        "@every /5m",
        "@every 5m/1m/1m",
        "@every 10000000000000s"
      })
  void every_thatIsNoInterval_isRefused(String text) {
    assertThatThrownBy(() -> ScheduleSpec.cron(text, "UTC"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class,
            refused -> assertThat(refused.field()).isEqualTo("cronExpression"))
        .hasMessageContaining("@every 1h30m/10m");
  }

  @ParameterizedTest
  @CsvSource({
    "@every 0s, interval",
    "@every 36501d, interval",
    "@every 5m/5m, offset",
    "@every 5m/1h, offset"
  })
  void every_outOfBounds_isRefused(String text, String field) {
    assertThatThrownBy(() -> ScheduleSpec.cron(text, "UTC"))
        .isInstanceOfSatisfying(
            InvalidRequestException.class, refused -> assertThat(refused.field()).isEqualTo(field));
  }

  @Test
  void cron_isNoInterval() {
    assertThatThrownBy(() -> new ScheduleSpec.Cron("@every 5m", ZoneId.of("UTC")))
        .isInstanceOf(InvalidRequestException.class)
        .hasMessageContaining("ScheduleSpec.cron");
    assertThat(ScheduleSpec.cron("@everyday", "UTC")).isInstanceOf(ScheduleSpec.Cron.class);
  }

  @Test
  void cron_ofSeveral_isAnyOfThem() {
    ScheduleSpec weekdays = ScheduleSpec.cron("0 9 * * MON-FRI", "Europe/Berlin");
    ScheduleSpec saturday = ScheduleSpec.cron(" 0 12 * * SAT ", "Europe/Berlin");
    ScheduleSpec interval = ScheduleSpec.interval(Duration.ofHours(1), Duration.ofMinutes(5));

    ScheduleSpec spec =
        ScheduleSpec.cron("0 9 * * MON-FRI;0 12 * * SAT ; @every 1h/5m", "Europe/Berlin");

    assertThat(spec).isEqualTo(ScheduleSpec.anyOf(List.of(weekdays, saturday, interval)));
    String text = ((ScheduleSpec.AnyOf) spec).text();
    assertThat(text).isEqualTo("0 9 * * MON-FRI; 0 12 * * SAT; @every 3600s/300s");
    assertThat(ScheduleSpec.cron(text, "Europe/Berlin")).isEqualTo(spec);
  }

  @Test
  void anyOf_whatCannotBeOneSchedule_isRefused() {
    ScheduleSpec nine = ScheduleSpec.cron("0 9 * * *", "UTC");
    assertRefused("specs", "at least two", () -> ScheduleSpec.anyOf(List.of(nine)));
    assertRefused(
        "specs",
        "2 time zones",
        () -> ScheduleSpec.anyOf(List.of(nine, ScheduleSpec.cron("0 9 * * *", "Asia/Tokyo"))));
    assertRefused(
        "specs",
        "give it an offset",
        () -> ScheduleSpec.anyOf(List.of(nine, ScheduleSpec.interval(Duration.ofHours(1)))));
    assertRefused(
        "specs",
        "by itself",
        () -> ScheduleSpec.anyOf(List.of(nine, ScheduleSpec.anyOf(List.of(nine, nine)))));
    assertRefused("specs", "at most 255", () -> ScheduleSpec.anyOf(Collections.nCopies(30, nine)));
    assertRefused("cronExpression", "is empty", () -> ScheduleSpec.cron("0 9 * * *;", "UTC"));
    assertRefused(
        "cronExpression",
        "anyOf",
        () -> new ScheduleSpec.Cron("0 9 * * *; 0 12 * * *", ZoneId.of("UTC")));
  }

  private static void assertRefused(String field, String reason, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidRequestException.class, refused -> assertThat(refused.field()).isEqualTo(field))
        .hasMessageContaining(reason);
  }
}
