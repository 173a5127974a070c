/** Namespaces: the tenants and their settings. */
@NullMarked
package io.odin.persistence.namespace;

import org.jspecify.annotations.NullMarked;
