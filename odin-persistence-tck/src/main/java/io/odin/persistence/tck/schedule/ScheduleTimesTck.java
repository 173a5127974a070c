package io.odin.persistence.tck.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.odin.persistence.error.InvalidRequestException;
import io.odin.persistence.schedule.Schedule;
import io.odin.persistence.schedule.ScheduleDefinition;
import io.odin.persistence.schedule.ScheduleSpec;
import io.odin.persistence.tck.harness.Samples;
import io.odin.persistence.tck.harness.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Due times: the meaning of cron expressions, also in zones whose clocks change. */
public abstract class ScheduleTimesTck extends AbstractScheduleTck {

  /** For backends. */
  protected ScheduleTimesTck() {}

  /** Asserts the due times after a local time, in local times of the zone. */
  private void assertDue(String cron, String zone, String after, String... expected) {
    List<Instant> due =
        store()
            .dueTimes(
                Samples.schedule(ScheduleSpec.cron(cron, zone)).build(),
                at(after),
                expected.length);

    assertThat(due)
        .as("%s in %s", cron, zone)
        .isEqualTo(Arrays.stream(expected).map(ScheduleTimesTck::at).toList());
  }

  private static Instant at(String time) {
    return OffsetDateTime.parse(time).toInstant();
  }

  private String refusal(String field, ThrowingCallable call) {
    InvalidRequestException refused = thrownBy(InvalidRequestException.class, call);
    assertThat(refused.field()).isEqualTo(field);
    return refused.reason();
  }

  @Test
  @Scenario("SC-03")
  void cron_thatCannotBeParsed_isRefusedByEveryMethod() {
    for (String bad :
        List.of(
            " ",
            "x",
            "* * * *",
            "0 * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 8",
            "*/0 * * * *",
            "5-1 * * * *",
            "0 0 * * MON-FRY",
            "0 0 L * *",
            "@reboot",
            "@everyday",
            "0 0 * * MON-TODAY",
            "| * * * *",
            ", * * * *",
            "- * * * *",
            "/ * * * *",
            "0 0 31 2 *",
            "0 0 30,31 FEB *",
            "0 0 31 4,6,9,11 *")) {
      ScheduleDefinition definition = Samples.schedule(ScheduleSpec.cron(bad, "UTC")).build();
      for (ThrowingCallable call :
          List.<ThrowingCallable>of(
              () -> created(definition),
              () -> store().update(newSchedule(definition).key(), definition, 1),
              () -> store().dueTimes(definition, Instant.EPOCH, 1))) {
        assertThat(refusal("cronExpression", call)).startsWith("is '" + bad + "', ");
      }
    }
    assertThat(allPages(10, page -> store().list(namespace(), page))).isEmpty();
  }

  /** Whatever a text makes of the library that reads it, the answer is due times or a refusal. */
  @Test
  @Scenario("SC-03")
  void cron_ofRandomCharacters_isReadOrRefused() {
    String characters = "0123456789 *,-/|?#@LWCMONFRIJANDEC\t.:+()[]{}\\'\"é";
    Random random = new Random(6);
    for (int i = 0; i < 5000; i++) {
      StringBuilder text = new StringBuilder();
      for (int field = 0; field < 5; field++) {
        for (int j = random.nextInt(1, 4); j > 0; j--) {
          text.append(characters.charAt(random.nextInt(characters.length())));
        }
        text.append(' ');
      }
      assertIsReadOrRefused(text.toString().strip());
    }
  }

  private void assertIsReadOrRefused(String expression) {
    try {
      ScheduleDefinition definition =
          Samples.schedule(ScheduleSpec.cron(expression, "UTC")).build();
      assertThat(store().dueTimes(definition, Instant.EPOCH, 2)).as(expression).isNotEmpty();
    } catch (InvalidRequestException e) {
      assertThat(e.field()).as(expression).isEqualTo("cronExpression");
    }
  }

  @Test
  @Scenario("SC-03")
  void refusals_sayWhatToDo() {
    assertThat(
            refusal(
                "cronExpression",
                () -> created(Samples.schedule(ScheduleSpec.cron("0 25 * * *", "UTC")).build())))
        .contains("25", "minute, hour, day of the month, month and day of the week");
    assertThat(refusal("timeZone", () -> ScheduleSpec.cron("0 4 * * *", "Europe/Munich")))
        .contains("Europe/Munich", "Europe/Berlin");
    assertThat(refusal("interval", () -> ScheduleSpec.interval(Duration.ZERO)))
        .contains("whole seconds, at least 1");
    assertThat(refusal("interval", () -> ScheduleSpec.interval(Duration.ofMillis(1500))))
        .contains("whole seconds");
    assertThat(
            refusal(
                "catchUpWindow",
                () -> Samples.schedule(Samples.hourly().spec()).catchUpWindow(SHORT).build()))
        .contains("at least 10");
    assertThat(
            refusal(
                "endAt",
                () ->
                    Samples.schedule(Samples.hourly().spec())
                        .startAt(Samples.ENDED)
                        .endAt(Samples.STARTED)
                        .build()))
        .contains("after startAt");
  }

  @Test
  @Scenario("SC-03")
  void cron_acceptsTheSyntaxOfUnix() {
    String friday = "2026-05-01T00:00:00Z";
    assertDue("*/20 1 * * *", "UTC", friday, "2026-05-01T01:00:00Z", "2026-05-01T01:20:00Z");
    assertDue("0 9 * * MON-FRI", "UTC", friday, "2026-05-01T09:00:00Z", "2026-05-04T09:00:00Z");
    assertDue("5,10 0 1 jan,JUL *", "UTC", friday, "2026-07-01T00:05:00Z", "2026-07-01T00:10:00Z");
    assertDue("0 0 * * 7", "UTC", friday, "2026-05-03T00:00:00Z", "2026-05-10T00:00:00Z");
    assertDue("0 0 * * 0", "UTC", friday, "2026-05-03T00:00:00Z", "2026-05-10T00:00:00Z");
    assertDue("0 0 29 2 *", "UTC", friday, "2028-02-29T00:00:00Z", "2032-02-29T00:00:00Z");
    // Both days are restricted: one of them is enough.
    assertDue("0 0 13 * FRI", "UTC", friday, "2026-05-08T00:00:00Z", "2026-05-13T00:00:00Z");
  }

  @Test
  @Scenario("SC-21")
  void cron_acceptsNamesOfExpressions() {
    String friday = "2026-05-01T00:00:00Z";
    assertDue("@yearly", "UTC", friday, "2027-01-01T00:00:00Z", "2028-01-01T00:00:00Z");
    assertDue("@annually", "UTC", friday, "2027-01-01T00:00:00Z");
    assertDue("@monthly", "UTC", friday, "2026-06-01T00:00:00Z", "2026-07-01T00:00:00Z");
    assertDue("@weekly", "UTC", friday, "2026-05-03T00:00:00Z", "2026-05-10T00:00:00Z");
    assertDue("@DAILY", "Asia/Kathmandu", friday, "2026-05-02T00:00:00+05:45");
    assertDue("@midnight", "UTC", friday, "2026-05-02T00:00:00Z", "2026-05-03T00:00:00Z");
    assertDue(
        "@hourly",
        "Europe/Berlin",
        "2026-10-25T01:30:00+02:00",
        "2026-10-25T02:00:00+02:00",
        "2026-10-25T02:00:00+01:00",
        "2026-10-25T03:00:00+01:00");
  }

  @Test
  @Scenario("SC-21")
  void cron_acceptsRangesThatPassTheEndOfTheWeek() {
    String friday = "2026-05-01T00:00:00Z";
    for (String range : List.of("SUN-TUE", "sun-tue", "7-2", "0-2")) {
      assertDue(
          "0 0 * * " + range,
          "UTC",
          friday,
          "2026-05-03T00:00:00Z",
          "2026-05-04T00:00:00Z",
          "2026-05-05T00:00:00Z",
          "2026-05-10T00:00:00Z");
    }
    for (String range : List.of("FRI-SUN", "5-0", "5-7", "FRI,SAT-SUN")) {
      assertDue(
          "0 0 * * " + range,
          "UTC",
          friday,
          "2026-05-02T00:00:00Z",
          "2026-05-03T00:00:00Z",
          "2026-05-08T00:00:00Z");
    }
    assertDue(
        "0 0 * * THU-TUE/2",
        "UTC",
        friday,
        "2026-05-02T00:00:00Z",
        "2026-05-04T00:00:00Z",
        "2026-05-07T00:00:00Z");
  }

  @Test
  @Scenario("SC-22")
  void interval_withAnOffset_isCountedFromTheEpoch() {
    Instant after = Instant.parse("2026-05-01T00:00:07Z");
    ScheduleSpec spec = ScheduleSpec.interval(Duration.ofHours(1), Duration.ofMinutes(15));

    assertThat(store().dueTimes(Samples.schedule(spec).build(), after, 2))
        .containsExactly(
            Instant.parse("2026-05-01T00:15:00Z"), Instant.parse("2026-05-01T01:15:00Z"));
    assertThat(
            store()
                .dueTimes(
                    Samples.schedule(spec).startAt(after.plus(HOUR)).build(), Instant.EPOCH, 1))
        .containsExactly(Instant.parse("2026-05-01T01:15:00Z"));
    assertThat(
            store()
                .dueTimes(
                    Samples.schedule(ScheduleSpec.cron("@every 7m", "Europe/Berlin")).build(),
                    after,
                    2))
        .containsExactly(
            Instant.parse("2026-05-01T00:02:00Z"), Instant.parse("2026-05-01T00:09:00Z"));
    assertThat(ScheduleSpec.cron("@every 1h/15m", "UTC")).isEqualTo(spec);
  }

  @Test
  @Scenario("SC-23")
  void several_areDueWheneverOneIs_andOnceIfSeveralAre() {
    assertDue(
        "0 9 * * MON-FRI; 0 9,12 * * SAT; @every 1d/7h",
        "Europe/Berlin",
        "2026-05-01T09:00:00+02:00",
        "2026-05-02T09:00:00+02:00",
        "2026-05-02T12:00:00+02:00",
        "2026-05-03T09:00:00+02:00",
        "2026-05-04T09:00:00+02:00");
    assertThat(
            refusal(
                "cronExpression",
                () ->
                    created(
                        Samples.schedule(ScheduleSpec.cron("0 9 * * *; 0 0 31 2 *", "UTC"))
                            .build())))
        .contains("is '0 0 31 2 *'");
  }

  @Test
  @Scenario("SC-22")
  void interval_withoutAnOffset_isCountedFromTheCreation() {
    Schedule schedule = created(Samples.hourly());

    assertThat(schedule.nextDueAt()).contains(schedule.createdAt().plus(HOUR));
  }

  @Test
  @Scenario("SC-14")
  void cron_whereALocalTimeIsSkipped_isNotDueThatDay() {
    assertDue(
        "30 2 * * *",
        "Europe/Berlin",
        "2026-03-27T12:00:00+01:00",
        "2026-03-28T02:30:00+01:00",
        "2026-03-30T02:30:00+02:00");
    assertDue(
        "15 2 * * *",
        "Australia/Lord_Howe",
        "2026-10-02T12:00:00+10:30",
        "2026-10-03T02:15:00+10:30",
        "2026-10-05T02:15:00+11:00");
    // Apia skipped 30 December 2011.
    assertDue(
        "0 12 * * *",
        "Pacific/Apia",
        "2011-12-29T00:00:00-10:00",
        "2011-12-29T12:00:00-10:00",
        "2011-12-31T12:00:00+14:00");
    assertDue(
        "0 * * * *",
        "Europe/Berlin",
        "2026-03-29T00:30:00+01:00",
        "2026-03-29T01:00:00+01:00",
        "2026-03-29T03:00:00+02:00",
        "2026-03-29T04:00:00+02:00");
  }

  @Test
  @Scenario("SC-14")
  void cron_whereALocalTimeIsRepeated_isDueOnce() {
    for (String after : List.of("2026-10-24T12:00:00+02:00", "2026-10-25T01:00:00+02:00")) {
      assertDue(
          "30 2 * * *",
          "Europe/Berlin",
          after,
          "2026-10-25T02:30:00+02:00",
          "2026-10-26T02:30:00+01:00");
    }
    // A computation that starts between the two must not return the second.
    assertDue(
        "30 2 * * *", "Europe/Berlin", "2026-10-25T02:45:00+02:00", "2026-10-26T02:30:00+01:00");
    assertDue(
        "*/30 2-3 * * *",
        "Europe/Berlin",
        "2026-10-25T00:00:00+02:00",
        "2026-10-25T02:00:00+02:00",
        "2026-10-25T02:30:00+02:00",
        "2026-10-25T03:00:00+01:00",
        "2026-10-25T03:30:00+01:00");
    assertDue(
        "45 1 * * *",
        "Australia/Lord_Howe",
        "2026-04-04T12:00:00+11:00",
        "2026-04-05T01:45:00+11:00",
        "2026-04-06T01:45:00+10:30");
  }

  @Test
  @Scenario("SC-14")
  void cron_ofEveryHour_isDueInEachRepeatedHour() {
    assertDue(
        "0 * * * *",
        "Europe/Berlin",
        "2026-10-25T01:30:00+02:00",
        "2026-10-25T02:00:00+02:00",
        "2026-10-25T02:00:00+01:00",
        "2026-10-25T03:00:00+01:00");
    assertDue(
        "*/30 * * * *",
        "Australia/Lord_Howe",
        "2026-04-05T01:15:00+11:00",
        "2026-04-05T01:30:00+11:00",
        "2026-04-05T01:30:00+10:30",
        "2026-04-05T02:00:00+10:30");
    assertDue(
        "0 * * * *",
        "UTC",
        "2026-10-25T00:30:00Z",
        "2026-10-25T01:00:00Z",
        "2026-10-25T02:00:00Z",
        "2026-10-25T03:00:00Z");
  }

  @Test
  @Scenario("SC-19")
  void interval_isAlignedToItsStart() {
    Instant start = Instant.parse("2026-01-01T00:00:07.000001Z");
    ScheduleDefinition definition =
        Samples.schedule(ScheduleSpec.interval(Duration.ofSeconds(10))).startAt(start).build();

    assertThat(store().dueTimes(definition, start.minusSeconds(60), 2))
        .containsExactly(start, start.plusSeconds(10));
    assertThat(store().dueTimes(definition, start, 1)).containsExactly(start.plusSeconds(10));
    assertThat(store().dueTimes(definition, start.plusSeconds(1_000_003), 1))
        .containsExactly(start.plusSeconds(1_000_010));
    assertThat(store().dueTimes(Samples.hourly(), start, 2))
        .containsExactly(start.plus(HOUR), start.plus(HOUR.multipliedBy(2)));
  }

  @Test
  @Scenario("SC-19")
  void dueTimes_areWithinStartAndEnd() {
    ScheduleDefinition definition =
        Samples.schedule(ScheduleSpec.cron("0 0 * * *", "UTC"))
            .startAt(Instant.parse("2026-05-02T00:00:00Z"))
            .endAt(Instant.parse("2026-05-04T00:00:00Z"))
            .build();

    assertThat(store().dueTimes(definition, Instant.EPOCH, 1000))
        .containsExactly(
            Instant.parse("2026-05-02T00:00:00Z"),
            Instant.parse("2026-05-03T00:00:00Z"),
            Instant.parse("2026-05-04T00:00:00Z"));
    assertThat(store().dueTimes(Samples.hourly(), Instant.parse("9999-12-31T23:30:00Z"), 5))
        .isEmpty();
    assertThat(
            store()
                .dueTimes(
                    Samples.schedule(ScheduleSpec.cron("* * * * *", "UTC")).build(),
                    OffsetDateTime.of(9999, 12, 31, 23, 58, 30, 0, ZoneOffset.UTC).toInstant(),
                    5))
        .containsExactly(Instant.parse("9999-12-31T23:59:00Z"));
  }

  @Test
  @Scenario("SC-19")
  void schedule_beforeItsStartAndAfterItsEnd_isNotDue() {
    Instant now = databaseNow();
    Instant tomorrow = now.plus(Duration.ofDays(1));

    assertThat(
            created(Samples.schedule(Samples.hourly().spec()).startAt(tomorrow).build())
                .nextDueAt())
        .contains(tomorrow);
    assertThat(created(Samples.schedule(Samples.hourly().spec()).endAt(now).build()).nextDueAt())
        .isEmpty();
    assertThat(claim("scheduler-a", LONG)).isEmpty();
  }
}
