/** The parts that all kits share: their base class, samples, a workbench and concurrent actions. */
@NullMarked
package io.odin.persistence.tck.harness;

import org.jspecify.annotations.NullMarked;
