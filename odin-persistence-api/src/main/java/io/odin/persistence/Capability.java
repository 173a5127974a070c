package io.odin.persistence;

/**
 * What a backend may lack. Every one is expected to be there; the kit proves each refusal that a
 * backend declares.
 */
public enum Capability {
  /**
   * The database offers {@code calculate_shard_id}, {@code get_next_task} and their kin to SQL
   * users.
   */
  SQL_FUNCTIONS
}
