/** Programs that are run, and what ends with this one. */
@NullMarked
package io.odin.persistence.servers.process;

import org.jspecify.annotations.NullMarked;
