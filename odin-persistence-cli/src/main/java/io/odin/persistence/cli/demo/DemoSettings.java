package io.odin.persistence.cli.demo;

/**
 * How much the demo does.
 *
 * @param workflows how many orders
 * @param workers how many workflow workers, and as many activity workers
 */
public record DemoSettings(int workflows, int workers) {

  /** How many orders unless said otherwise. */
  public static final int DEFAULT_WORKFLOWS = 1500;

  /** How many workers of each kind unless said otherwise. */
  public static final int DEFAULT_WORKERS = 4;

  /** The largest number of orders. */
  public static final int MAXIMUM_WORKFLOWS = 1_000_000;

  /** The largest number of workers of each kind. */
  public static final int MAXIMUM_WORKERS = 100;

  /** How many connections are needed, so that no one waits for one. */
  int connections() {
    return 2 * workers + 8;
  }
}
