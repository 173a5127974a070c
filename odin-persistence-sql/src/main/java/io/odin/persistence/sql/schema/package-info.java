/** The version of the schema, and its migration by Liquibase. */
@NullMarked
package io.odin.persistence.sql.schema;

import org.jspecify.annotations.NullMarked;
