/** How a server is reached: URLs, credentials, encryption, and the lock of migrations. */
@NullMarked
package io.odin.persistence.sql.connection;

import org.jspecify.annotations.NullMarked;
