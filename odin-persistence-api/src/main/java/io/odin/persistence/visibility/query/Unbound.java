package io.odin.persistence.visibility.query;

/** A part of a query that is grammatical, and waits for the types of its fields. */
@FunctionalInterface
interface Unbound {

  /** The condition, if the fields are known and take such values. */
  Condition bind(Fields fields);
}
