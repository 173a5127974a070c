/** Tests of the statements' texts and plans. */
@NullMarked
package io.odin.persistence.mysql.plan;

import org.jspecify.annotations.NullMarked;
