/**
 * The kits of what holds in all stores: transactions, faults of the network, contention, values,
 * pages and arguments.
 */
@NullMarked
package io.odin.persistence.tck.crosscutting;

import org.jspecify.annotations.NullMarked;
