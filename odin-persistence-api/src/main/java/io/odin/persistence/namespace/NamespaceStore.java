package io.odin.persistence.namespace;

import io.odin.persistence.value.Page;
import io.odin.persistence.value.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces: the tenants. Every write is one transaction and gets a position in one order of
 * changes. A change that is sent again is recognized, even if others have changed the namespace
 * since, and returns the namespace as it is now; if it was deleted since, the exception has the
 * outcome {@link io.odin.persistence.error.Outcome#APPLIED}. Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * process the request.
 */
public interface NamespaceStore {

  /**
   * Creates a namespace at version 1. Idempotent: the same id, name and settings return the stored
   * namespace.
   *
   * @throws io.odin.persistence.error.AlreadyExistsException with the stored {@link Namespace}, if
   *     the id or the name belongs to another one
   */
  Namespace create(NamespaceId id, String name, NamespaceSettings settings);

  /** The namespace, active or deprecated; empty if it is missing or deleted. */
  Optional<Namespace> find(NamespaceId id);

  /** The namespace with that name, active or deprecated; empty if there is none. */
  Optional<Namespace> findByName(String name);

  /**
   * Replaces all settings; those that are left out are cleared.
   *
   * @return the namespace at its new version
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it is missing or deleted
   */
  Namespace update(NamespaceId id, NamespaceSettings settings, long expectedVersion);

  /**
   * Renames the namespace; the same transaction frees the old name.
   *
   * @return the namespace at its new version
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link Namespace} that has
   *     the name
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it is missing or deleted
   */
  Namespace rename(NamespaceId id, String newName, long expectedVersion);

  /**
   * Marks the namespace as deprecated. Idempotent: a deprecated namespace stays as it is, whatever
   * the expected version.
   *
   * @return the stored namespace
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it is missing or deleted
   */
  Namespace deprecate(NamespaceId id, long expectedVersion);

  /**
   * Marks the namespace as deleted and frees its name. From then on nothing is created in it and
   * nothing of it is delivered: commits, imports, signals, queries, tasks, schedules and search
   * attributes are refused as not found, polls return nothing, and neither its timers nor its
   * schedules are due. {@link io.odin.persistence.retention.RetentionStore#purge} deletes its data.
   * Idempotent: a deleted namespace stays as it is, whatever the expected version, until it is
   * purged.
   *
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it never existed
   */
  void delete(NamespaceId id, long expectedVersion);

  /** Namespaces ordered by name, then id. */
  Page<Namespace> list(NamespaceFilter filter, PageRequest page);

  /**
   * The namespaces that changed after a position in the order of changes, also deleted ones,
   * ordered by change sequence: for a cache that polls. Sequences become visible in order: a reader
   * that has seen one has seen every earlier one. A namespace that changed twice is returned once,
   * with its last change.
   *
   * @param sequence the last sequence seen, 0 at the start
   * @param limit maximum number, 1 to 1000
   * @return fewer if they exceed {@link io.odin.persistence.Limits#pageBytes()} together; empty
   *     only if none has changed
   */
  List<Namespace> changesSince(long sequence, int limit);
}
