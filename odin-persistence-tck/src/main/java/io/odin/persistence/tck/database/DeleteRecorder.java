package io.odin.persistence.tck.database;

/** Counts the rows that transactions delete, until it is closed. */
public interface DeleteRecorder extends AutoCloseable {

  /** The number of rows that the largest deletion of one transaction has deleted. */
  long largestTransaction();

  /** The number of rows that all transactions have deleted. */
  long total();

  /** Ends the recording. */
  @Override
  void close();
}
