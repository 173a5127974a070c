/** The code that docs/ prints: ExampleTextsTest compares the texts, ExamplesTest runs it. */
@NullMarked
package io.odin.persistence.postgres.examples;

import org.jspecify.annotations.NullMarked;
