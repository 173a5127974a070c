package io.odin.persistence.tck.database;

/** Counts the rows that transactions delete, until it is closed. */
public interface DeleteWatch extends AutoCloseable {

  /** How many the one transaction deleted that deleted the most. */
  long most();

  /** How many were deleted in all. */
  long total();

  /** Ends the watch. */
  @Override
  void close();
}
