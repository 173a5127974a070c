/**
 * The demo: an orchestrator in miniature that processes orders over the public API, and an audit
 * that proves from the stored histories that nothing was lost and nothing done twice.
 *
 * <p>{@link io.odin.persistence.cli.demo.order.OrderWorkflow} decides, {@link
 * io.odin.persistence.cli.demo.engine.OrderEngine} turns decisions into commits, {@link
 * io.odin.persistence.cli.demo.load.Traffic} starts the workers and the customers, and {@link
 * io.odin.persistence.cli.demo.audit.Audit} checks the result.
 */
@NullMarked
package io.odin.persistence.cli.demo;

import org.jspecify.annotations.NullMarked;
