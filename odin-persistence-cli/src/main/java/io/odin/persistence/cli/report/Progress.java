package io.odin.persistence.cli.report;

/** Shows the progress of a command. Thread-safe. */
public interface Progress extends AutoCloseable {

  /** Shows nothing. */
  static Progress none() {
    return new Progress() {
      @Override
      public void phase(String name) {}

      @Override
      public void step() {}

      @Override
      public void close() {}
    };
  }

  /** Begins a phase. */
  void phase(String name);

  /** Counts one step. */
  void step();

  @Override
  void close();
}
