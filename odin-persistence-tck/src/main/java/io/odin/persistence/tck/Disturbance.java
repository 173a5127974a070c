package io.odin.persistence.tck;

/** Something that is wrong with a database until it is closed. Closing it again does nothing. */
public interface Disturbance extends AutoCloseable {

  /** Ends the disturbance. */
  @Override
  void close();
}
