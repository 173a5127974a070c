/** Tests of the schema: its files, migration, roles and the catalog. */
@NullMarked
package io.odin.persistence.postgres.schema;

import org.jspecify.annotations.NullMarked;
