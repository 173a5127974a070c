/**
 * Where the files of servers are: packages that are fetched, directories, and disks of their own.
 */
@NullMarked
package io.odin.persistence.servers.files;

import org.jspecify.annotations.NullMarked;
