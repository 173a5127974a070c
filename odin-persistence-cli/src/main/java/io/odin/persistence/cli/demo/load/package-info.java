/** The demo's customers, its shop and its traffic. */
@NullMarked
package io.odin.persistence.cli.demo.load;

import org.jspecify.annotations.NullMarked;
