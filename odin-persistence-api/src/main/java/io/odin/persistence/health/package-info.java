/** Health: whether the database is fit for work, and what to do where it is not. */
@NullMarked
package io.odin.persistence.health;

import org.jspecify.annotations.NullMarked;
