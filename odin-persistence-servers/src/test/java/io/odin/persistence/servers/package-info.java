/** Tests of the servers. */
@NullMarked
package io.odin.persistence.servers;

import org.jspecify.annotations.NullMarked;
