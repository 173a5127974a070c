package io.odin.persistence.schedule;

import io.odin.persistence.internal.Require;
import java.util.Optional;

/**
 * A schedule to be created.
 *
 * @param key the caller's id, which makes creation idempotent
 * @param name unique within the namespace, compared byte for byte
 * @param definition the definition
 * @param createdBy the creator, as the caller gives it
 */
public record NewSchedule(
    ScheduleKey key, String name, ScheduleDefinition definition, Optional<String> createdBy) {

  /**
   * Checks every field.
   *
   * @throws io.odin.persistence.error.InvalidRequestException naming the field that is out of
   *     bounds
   */
  public NewSchedule {
    Require.nonNull("key", key);
    Require.id("name", name);
    Require.nonNull("definition", definition);
    Require.optionalId("createdBy", createdBy);
  }

  /** A schedule without a creator. */
  public static NewSchedule of(ScheduleKey key, String name, ScheduleDefinition definition) {
    return new NewSchedule(key, name, definition, Optional.empty());
  }

  /** This schedule with a creator. */
  public NewSchedule createdBy(String creator) {
    return new NewSchedule(
        key, name, definition, Optional.of(Require.nonNull("createdBy", creator)));
  }
}
