package io.odin.persistence.namespace;

import io.odin.persistence.Page;
import io.odin.persistence.PageRequest;
import java.util.List;
import java.util.Optional;

/**
 * The tenants. Every write is one transaction and takes a place in one order of changes.
 * Thread-safe.
 *
 * <p>Every method throws {@link io.odin.persistence.error.InvalidRequestException} naming a null
 * argument, and {@link io.odin.persistence.error.UnavailableException} when the database cannot
 * take the request.
 */
public interface NamespaceStore {

  /**
   * Creates a namespace at version 1. Creating it again with the same id, name and settings returns
   * the stored one.
   *
   * @throws io.odin.persistence.error.AlreadyExistsException with the stored {@link Namespace}, if
   *     the id is used or the name taken by another
   */
  Namespace create(NamespaceId id, String name, NamespaceSettings settings);

  /** The namespace, active or deprecated; empty if it is deleted or missing. */
  Optional<Namespace> find(NamespaceId id);

  /** The namespace of that name; empty if it is deleted or missing. */
  Optional<Namespace> findByName(String name);

  /**
   * Replaces all settings; what is left out is cleared.
   *
   * @return the namespace at its new version
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it is missing or deleted
   */
  Namespace update(NamespaceId id, NamespaceSettings settings, long expectedVersion);

  /**
   * Gives the namespace another name; the old one is free in the same transaction.
   *
   * @return the namespace at its new version
   * @throws io.odin.persistence.error.AlreadyExistsException with the {@link Namespace} that has
   *     the name
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it is missing or deleted
   */
  Namespace rename(NamespaceId id, String newName, long expectedVersion);

  /**
   * Marks the namespace as deprecated. Deprecating a deprecated one changes nothing, whatever
   * version is expected.
   *
   * @return the namespace as it is stored now
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it is missing or deleted
   */
  Namespace deprecate(NamespaceId id, long expectedVersion);

  /**
   * Marks the namespace as deleted and frees its name; its data goes through retention. Deleting a
   * deleted one changes nothing, whatever version is expected.
   *
   * @throws io.odin.persistence.error.VersionConflictException if the stored version is another
   * @throws io.odin.persistence.error.NotFoundException if it never existed
   */
  void delete(NamespaceId id, long expectedVersion);

  /** Namespaces ordered by name, then id. */
  Page<Namespace> list(NamespaceFilter filter, PageRequest page);

  /**
   * What changed after a point in the order of changes, deleted namespaces included, ordered by
   * change sequence: what a cache polls. Sequences become visible in order, so that a reader who
   * has seen one has seen every earlier one; a namespace that changed twice comes once, with its
   * last change.
   *
   * @param sequence the last sequence seen, 0 at the beginning
   * @param limit 1 to 1000
   */
  List<Namespace> changesSince(long sequence, int limit);
}
