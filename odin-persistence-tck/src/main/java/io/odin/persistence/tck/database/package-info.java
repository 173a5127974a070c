/**
 * What a backend's author implements for the kit: a database of the tests, and the faults that
 * scenarios ask of it. Knows nothing of the kits.
 */
@NullMarked
package io.odin.persistence.tck.database;

import org.jspecify.annotations.NullMarked;
