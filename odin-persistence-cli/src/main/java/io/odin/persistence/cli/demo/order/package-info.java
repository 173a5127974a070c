/** The orders of the demo, and their workflow: a pure function from a history to decisions. */
@NullMarked
package io.odin.persistence.cli.demo.order;

import org.jspecify.annotations.NullMarked;
