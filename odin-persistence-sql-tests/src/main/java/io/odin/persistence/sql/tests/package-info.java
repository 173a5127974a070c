/**
 * Tests that each SQL backend extends: golden statements, plans, and table classes against the
 * catalog.
 */
@NullMarked
package io.odin.persistence.sql.tests;

import org.jspecify.annotations.NullMarked;
