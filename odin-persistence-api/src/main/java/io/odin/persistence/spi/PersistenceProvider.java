package io.odin.persistence.spi;

import io.odin.persistence.Capability;
import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import java.util.Set;

/**
 * A backend, found by {@link java.util.ServiceLoader} under this type. Stateless and thread-safe,
 * with a public constructor without parameters.
 */
public interface PersistenceProvider {

  /** The name under which a configuration asks for it: "postgres", "mysql", "memory". */
  String name();

  /** Whether the JDBC URL is one of this backend's. */
  boolean accepts(String url);

  /** What it can do beyond what every backend does. */
  Set<Capability> capabilities();

  /** The upper bounds of what it takes. */
  Limits limits();

  /**
   * Connects, and checks the schema's version and the shard count.
   *
   * @throws io.odin.persistence.error.UnavailableException if the database cannot be reached
   * @throws io.odin.persistence.error.SchemaMismatchException if the schema is missing, older or
   *     newer, or the shard count differs
   * @throws io.odin.persistence.error.BackendFailureException if the login is refused, or the
   *     server is not one it works with
   */
  Persistence open(PersistenceConfig config);

  /** The schema of the configured database; connects only when it is asked something. */
  Schema schema(PersistenceConfig config);
}
