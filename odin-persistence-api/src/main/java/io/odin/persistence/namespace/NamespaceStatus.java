package io.odin.persistence.namespace;

/** The stages of a namespace's life. */
public enum NamespaceStatus {
  /** In use. */
  ACTIVE,
  /** Still found and still writable; users are asked to move on. */
  DEPRECATED,
  /** Marked as deleted: its name is free, its data goes through retention. */
  DELETED
}
