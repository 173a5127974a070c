/**
 * What all kits share: their base class, what they need of the test run, samples, and threads that
 * start together.
 */
@NullMarked
package io.odin.persistence.tck.harness;

import org.jspecify.annotations.NullMarked;
