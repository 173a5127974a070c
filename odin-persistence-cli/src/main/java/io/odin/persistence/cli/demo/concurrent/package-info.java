/** Threads of one process that wait for work and for each other. */
@NullMarked
package io.odin.persistence.cli.demo.concurrent;

import org.jspecify.annotations.NullMarked;
