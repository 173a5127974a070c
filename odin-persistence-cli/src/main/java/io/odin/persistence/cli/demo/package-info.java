/**
 * The demo: an engine in miniature that processes orders over the public API, and an audit that
 * proves from the stored histories that nothing was lost and nothing done twice.
 *
 * <p>{@link io.odin.persistence.cli.demo.order.OrderWorkflow} decides, {@link
 * io.odin.persistence.cli.demo.engine.OrderEngine} turns decisions into commits, the workers, the
 * timer service and the others in here give them work.
 */
@NullMarked
package io.odin.persistence.cli.demo;

import org.jspecify.annotations.NullMarked;
