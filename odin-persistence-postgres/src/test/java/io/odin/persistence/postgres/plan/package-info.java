/** Tests of the statements' texts and plans. */
@NullMarked
package io.odin.persistence.postgres.plan;

import org.jspecify.annotations.NullMarked;
