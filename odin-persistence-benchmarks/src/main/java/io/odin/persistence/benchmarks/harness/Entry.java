package io.odin.persistence.benchmarks.harness;

/**
 * A row to be measured.
 *
 * @param row what is done
 * @param workers by how many at once
 */
public record Entry(Row row, int workers) {}
