/** The store of namespaces. */
@NullMarked
package io.odin.persistence.sql.namespace;

import org.jspecify.annotations.NullMarked;
