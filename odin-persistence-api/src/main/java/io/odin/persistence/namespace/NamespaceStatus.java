package io.odin.persistence.namespace;

/** The status of a namespace. */
public enum NamespaceStatus {
  /** In use. */
  ACTIVE,
  /** Found and writable; not for new use. */
  DEPRECATED,
  /** Marked as deleted: its name is free, and retention deletes its data. */
  DELETED
}
