/**
 * An orchestrator in miniature: it turns decisions of a workflow into commits, over the API alone.
 */
@NullMarked
package io.odin.persistence.cli.demo.engine;

import org.jspecify.annotations.NullMarked;
