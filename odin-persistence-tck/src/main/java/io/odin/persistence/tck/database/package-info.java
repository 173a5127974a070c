/**
 * The seam of a backend: a database of the tests and its faults, which the backend's author
 * implements. Independent of the kits.
 */
@NullMarked
package io.odin.persistence.tck.database;

import org.jspecify.annotations.NullMarked;
