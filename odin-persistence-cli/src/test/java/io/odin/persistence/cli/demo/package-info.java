@NullMarked
package io.odin.persistence.cli.demo;

import org.jspecify.annotations.NullMarked;
