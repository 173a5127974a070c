/**
 * The compatibility kit: what a backend has to do to be one. A backend's test class registers
 * {@link io.odin.persistence.tck.OdinTck} and nests every kit; CONTRACT.md in this package lists
 * the clauses that the scenarios prove.
 */
@NullMarked
package io.odin.persistence.tck;

import org.jspecify.annotations.NullMarked;
