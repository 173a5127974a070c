package io.odin.persistence.namespace;

import java.time.Instant;

/**
 * A stored namespace.
 *
 * @param id its id
 * @param name its name, unique among the namespaces that are not deleted
 * @param settings the settings
 * @param status the status
 * @param version 1 when created, one more with each change
 * @param changeSequence its position in the order of all changes to namespaces
 * @param createdAt the time of creation, by the database's clock
 * @param updatedAt the time of the last change, by the database's clock
 */
public record Namespace(
    NamespaceId id,
    String name,
    NamespaceSettings settings,
    NamespaceStatus status,
    long version,
    long changeSequence,
    Instant createdAt,
    Instant updatedAt) {}
