/** What the commands print: tables, results of the monitoring queries, operation statistics. */
@NullMarked
package io.odin.persistence.cli.report;

import org.jspecify.annotations.NullMarked;
