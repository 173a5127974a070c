/** Tests on a group of servers (MySQL Group Replication). */
@NullMarked
package io.odin.persistence.mysql.group;

import org.jspecify.annotations.NullMarked;
