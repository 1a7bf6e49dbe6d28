/**
 * The OSCORE interoperability tests: their resources and contexts as a server, and their test cases
 * as clients of it. Uses published keys and sequence numbers that are forgotten with the process.
 */
@NullMarked
package dev.moat.cli.conform.oscore;

import org.jspecify.annotations.NullMarked;
