@NullMarked
package io.odin.persistence.cli.report;

import org.jspecify.annotations.NullMarked;
