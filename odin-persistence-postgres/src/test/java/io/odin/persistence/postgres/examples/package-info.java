/** The code that README.md and docs/ print. ExamplesTest compares, and runs it. */
@NullMarked
package io.odin.persistence.postgres.examples;

import org.jspecify.annotations.NullMarked;
