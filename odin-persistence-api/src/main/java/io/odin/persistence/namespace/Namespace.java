package io.odin.persistence.namespace;

import java.time.Instant;

/**
 * A stored namespace.
 *
 * @param id its id
 * @param name its name, unique among the namespaces that are not deleted
 * @param settings what is configured
 * @param status the stage of its life
 * @param version 1 when created, one more with each change
 * @param changeSequence its place in the order of all changes to namespaces
 * @param createdAt when it was created, by the database's clock
 * @param updatedAt when it was last changed, by the database's clock
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
