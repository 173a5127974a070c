@NullMarked
package io.odin.persistence.cli;

import org.jspecify.annotations.NullMarked;
