package io.odin.persistence.visibility.query;

/** A part of a query whose fields are not resolved yet. */
@FunctionalInterface
interface Unbound {

  /** Resolves the fields and checks the types of the values. */
  Condition bind(Fields fields);
}
