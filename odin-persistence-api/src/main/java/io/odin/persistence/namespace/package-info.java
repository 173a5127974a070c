/** Namespaces: the tenants, and what is configured for each. */
@NullMarked
package io.odin.persistence.namespace;

import org.jspecify.annotations.NullMarked;
