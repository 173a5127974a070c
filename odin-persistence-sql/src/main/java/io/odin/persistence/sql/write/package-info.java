/** Records of writes, by which one that is sent again is recognized. */
@NullMarked
package io.odin.persistence.sql.write;

import org.jspecify.annotations.NullMarked;
