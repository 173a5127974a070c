/**
 * Every store, written once over a small {@link io.odin.persistence.sql.database.Dialect}. For
 * backends on SQL databases; engines use the API only.
 */
@NullMarked
package io.odin.persistence.sql;

import org.jspecify.annotations.NullMarked;
