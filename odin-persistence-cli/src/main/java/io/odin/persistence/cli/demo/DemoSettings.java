package io.odin.persistence.cli.demo;

/**
 * How much the demo does.
 *
 * @param workflows how many orders
 * @param workers how many workflow workers, and as many activity workers
 */
public record DemoSettings(int workflows, int workers) {

  /** The default number of orders. */
  public static final int DEFAULT_WORKFLOWS = 1500;

  /** The default number of workers of each kind. */
  public static final int DEFAULT_WORKERS = 4;

  /** The largest number of orders. */
  public static final int MAXIMUM_WORKFLOWS = 1_000_000;

  /** The largest number of workers of each kind. */
  public static final int MAXIMUM_WORKERS = 100;

  /** How many orders the schedule starts in addition. */
  int dueTimes() {
    return Math.clamp(workflows / 100, 2, 15);
  }

  /** How many orders were placed last year. */
  int oldOrders() {
    return Math.clamp(workflows / 20, 5, 200);
  }

  /** How many orders are processed in all. */
  public int orders() {
    return workflows + dueTimes();
  }

  /** How many connections are needed, so that no thread waits for one. */
  int connections() {
    return 2 * workers + 12;
  }
}
