package io.odin.persistence.visibility;

/**
 * The number of runs of a group.
 *
 * @param value the value that they share
 * @param count the number of runs, at least one
 */
public record GroupCount(String value, long count) {}
