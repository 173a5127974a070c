package io.odin.persistence.cli.demo.audit;

import io.odin.persistence.Persistence;
import io.odin.persistence.cli.demo.audit.Findings.Checked;
import io.odin.persistence.cli.demo.audit.Findings.Kind;
import io.odin.persistence.cli.demo.engine.OrderSchedule;
import io.odin.persistence.cli.demo.engine.Pages;
import io.odin.persistence.run.RunKey;
import io.odin.persistence.schedule.ScheduleResult;
import io.odin.persistence.schedule.ScheduleRun;
import io.odin.persistence.visibility.VisibilityOrder;
import io.odin.persistence.visibility.VisibilityRecord;
import io.odin.persistence.visibility.query.VisibilityQuery;
import java.time.Instant;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Checks that each due time of the schedule has started one run, and nothing else has. */
final class ScheduleAudit {

  private final Persistence persistence;
  private final OrderSchedule schedule;
  private final Findings findings;

  ScheduleAudit(Persistence persistence, OrderSchedule schedule, Findings findings) {
    this.persistence = persistence;
    this.schedule = schedule;
    this.findings = findings;
  }

  void check() {
    Map<Instant, ScheduleRun> history =
        Pages.all(page -> persistence.schedules().history(schedule.key(), page)).stream()
            .collect(Collectors.toMap(ScheduleRun::dueAt, Function.identity()));
    Set<RunKey> runs =
        Pages.all(
                page ->
                    persistence
                        .visibility()
                        .list(
                            schedule.key().namespace(),
                            VisibilityQuery.parse(Searches.SCHEDULED),
                            VisibilityOrder.START_TIME,
                            page))
            .stream()
            .map(VisibilityRecord::run)
            .collect(Collectors.toCollection(HashSet::new));
    for (Instant dueAt : schedule.dueTimes(persistence.schedules())) {
      findings.checked(Checked.DUE_TIMES, 1);
      ScheduleRun fired = history.remove(dueAt);
      if (fired == null || !fired.run().map(runs::remove).orElse(false)) {
        findings.add(Kind.LOST, "the order that was due at " + dueAt + " was not started");
      } else if (!fired.result().equals(Optional.of(ScheduleResult.COMPLETED))) {
        findings.add(Kind.LOST, "due time " + dueAt + " has the result " + fired.result());
      }
    }
    runs.forEach(run -> findings.add(Kind.TWICE, run + " was started for no due time"));
    history.keySet().forEach(dueAt -> findings.add(Kind.TWICE, dueAt + " was no due time"));
  }
}
