/** Connections, transactions, retries, errors and paging: what every operation goes through. */
@NullMarked
package io.odin.persistence.sql.database;

import org.jspecify.annotations.NullMarked;
