@NullMarked
package io.odin.persistence.cli.demo.order;

import org.jspecify.annotations.NullMarked;
