/** The kit of {@link io.odin.persistence.namespace.NamespaceStore}. */
@NullMarked
package io.odin.persistence.tck.namespace;

import org.jspecify.annotations.NullMarked;
