/**
 * Torture: load through the API while the server and the network fail, and an audit of what was
 * reported to callers against what the database holds.
 */
@NullMarked
package io.odin.persistence.cli.torture;

import org.jspecify.annotations.NullMarked;
