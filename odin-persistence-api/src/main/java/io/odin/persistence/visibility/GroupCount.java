package io.odin.persistence.visibility;

/**
 * How many runs a group has.
 *
 * @param value what they have in common
 * @param count how many there are, at least one
 */
public record GroupCount(String value, long count) {}
