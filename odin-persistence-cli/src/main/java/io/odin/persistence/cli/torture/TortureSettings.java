package io.odin.persistence.cli.torture;

import java.time.Duration;
import java.util.Set;

/**
 * What a torture does.
 *
 * @param duration how long load and faults go on
 * @param seed decides about the order of faults and the choices of the load; what happens at the
 *     same time is decided by the machine
 * @param faults what may happen
 * @param workers threads of each kind of load
 */
public record TortureSettings(Duration duration, long seed, Set<Fault> faults, int workers) {

  /** Copies the faults. */
  public TortureSettings {
    faults = Set.copyOf(faults);
  }
}
