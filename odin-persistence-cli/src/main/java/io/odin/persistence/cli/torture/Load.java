package io.odin.persistence.cli.torture;

import java.util.random.RandomGenerator;

/** One kind of work whose effects can be audited. Used by several threads. */
interface Load {

  /** The name, for threads and messages. */
  String name();

  /** One small piece of work. Returns within the time that calls may take. */
  void work(int worker, RandomGenerator random);

  /** Compares what was reported to callers with the database, when the faults have ended. */
  void audit(Ledger ledger);

  /** How much was done, in words. */
  String scope();
}
