package consumer;

import io.odin.persistence.Persistence;
import io.odin.persistence.health.HealthReport;
import io.odin.persistence.health.HealthReport.Status;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** The database in /actuator/health, under the name odin. */
@Component("odin")
class OdinHealth implements HealthIndicator {

  private final Persistence odin;

  OdinHealth(Persistence odin) {
    this.odin = odin;
  }

  @Override
  public Health health() {
    HealthReport report = odin.check();
    Health.Builder health = report.status() == Status.FAILURE ? Health.down() : Health.up();
    report
        .findings()
        .forEach(
            finding ->
                health.withDetail(finding.name(), finding.status() + " " + finding.detail()));
    return health.build();
  }
}
