/** The proof, from what the database holds, that nothing was lost and nothing done twice. */
@NullMarked
package io.odin.persistence.cli.demo.audit;

import org.jspecify.annotations.NullMarked;
