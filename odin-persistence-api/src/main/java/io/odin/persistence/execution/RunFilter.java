package io.odin.persistence.execution;

/** Which runs to list. */
public enum RunFilter {
  /** Running ones: what the new owner of a shard has to look after. */
  OPEN,
  /** The closed ones too. */
  ALL
}
