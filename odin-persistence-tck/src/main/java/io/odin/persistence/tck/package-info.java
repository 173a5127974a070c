/**
 * The compatibility kit: the scenarios that every backend must pass. A backend's test class
 * registers {@link io.odin.persistence.tck.OdinTck} and extends {@link
 * io.odin.persistence.tck.EveryKit}; CONTRACT.md in this package lists the clauses that the
 * scenarios prove.
 *
 * <p>Kits are in a package for each area, and in {@code operations} and {@code crosscutting};
 * {@code harness} has what they share, {@code database} what a backend's author implements.
 */
@NullMarked
package io.odin.persistence.tck;

import org.jspecify.annotations.NullMarked;
