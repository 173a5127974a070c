package io.odin.persistence.namespace;

/** The namespaces to list. */
public enum NamespaceFilter {
  /** Active and deprecated namespaces. */
  LIVE,
  /** All namespaces, also deleted ones. */
  ALL
}
