package io.odin.persistence.spi;

import io.odin.persistence.Limits;
import io.odin.persistence.Persistence;
import io.odin.persistence.PersistenceConfig;
import io.odin.persistence.schema.Schema;
import io.odin.persistence.value.Capability;
import java.util.Set;

/**
 * A backend, found by {@link java.util.ServiceLoader} under this type. Stateless and thread-safe,
 * with a public constructor without parameters.
 */
public interface PersistenceProvider {

  /** The name by which a configuration selects it: "postgres", "mysql". */
  String name();

  /** Whether the backend accepts a JDBC URL. */
  boolean accepts(String url);

  /** The optional features that it has. */
  Set<Capability> capabilities();

  /** The maximum sizes that it accepts. */
  Limits limits();

  /**
   * Connects, and checks the schema's version and the shard count.
   *
   * @throws io.odin.persistence.error.UnsupportedCapabilityException if the configuration asks for
   *     what the backend does not have
   * @throws io.odin.persistence.error.UnavailableException if the database cannot be reached
   * @throws io.odin.persistence.error.SchemaMismatchException if the schema is missing, older or
   *     newer, or the shard count differs
   * @throws io.odin.persistence.error.BackendFailureException if the login is refused, or the
   *     server is not supported
   */
  Persistence open(PersistenceConfig config);

  /** The schema of the configured database; connects only when a method of it is called. */
  Schema schema(PersistenceConfig config);
}
