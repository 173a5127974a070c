/** Not API: what the packages of this module share. May change without notice. */
@NullMarked
package io.odin.persistence.internal;

import org.jspecify.annotations.NullMarked;
