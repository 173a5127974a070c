package io.odin.persistence.cli.report;

/** Told how far a command has come. Called from several threads. */
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

  /** A new phase has begun. */
  void phase(String name);

  /** One more of what is counted is done. */
  void step();

  @Override
  void close();
}
