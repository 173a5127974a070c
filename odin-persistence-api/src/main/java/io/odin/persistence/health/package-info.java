/** Health checks of the database, with advice for each finding. */
@NullMarked
package io.odin.persistence.health;

import org.jspecify.annotations.NullMarked;
