/** The health check. */
@NullMarked
package io.odin.persistence.sql.health;

import org.jspecify.annotations.NullMarked;
