package io.odin.persistence.schema;

import java.util.List;
import java.util.OptionalInt;

/**
 * The installed and the required version of the schema.
 *
 * @param installedVersion the version of the schema in the database; empty if there is none
 * @param requiredVersion the version that the library requires
 * @param pendingChanges the names of the changes that migrating would apply, in order
 * @param shardCount the number of shards of the database, which is fixed; empty if there is none
 */
public record SchemaStatus(
    OptionalInt installedVersion,
    int requiredVersion,
    List<String> pendingChanges,
    OptionalInt shardCount) {

  /** Copies the changes. */
  public SchemaStatus {
    pendingChanges = List.copyOf(pendingChanges);
  }

  /** Whether the installed version is the required one. */
  public boolean isCurrent() {
    return installedVersion.isPresent() && installedVersion.getAsInt() == requiredVersion;
  }
}
