/**
 * The kits that cover all stores: transactions, network faults, contention, values, pages and
 * arguments.
 */
@NullMarked
package io.odin.persistence.tck.crosscutting;

import org.jspecify.annotations.NullMarked;
