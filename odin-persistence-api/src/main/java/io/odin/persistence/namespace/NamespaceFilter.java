package io.odin.persistence.namespace;

/** Which namespaces to list. */
public enum NamespaceFilter {
  /** Active and deprecated ones. */
  LIVE,
  /** The deleted ones too. */
  ALL
}
