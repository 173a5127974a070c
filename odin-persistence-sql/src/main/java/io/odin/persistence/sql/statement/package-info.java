/** SQL statements as values: text, parameters, rows of many, rendering; without a connection. */
@NullMarked
package io.odin.persistence.sql.statement;

import org.jspecify.annotations.NullMarked;
