/** Object Security for Constrained RESTful Environments (RFC 8613), sans-I/O. */
@NullMarked
package dev.moat.oscore;

import org.jspecify.annotations.NullMarked;
