/**
 * Real database servers for tests, demos and benchmarks: found, or fetched, and run as child
 * processes. No part of a program that uses the library.
 */
@NullMarked
package io.odin.persistence.servers;

import org.jspecify.annotations.NullMarked;
