/**
 * Runners of EDHOC's vectors (RFC 9528, RFC 9529, RFC 9668). The state machines of production run
 * on watched primitives, with ephemeral keys of the vector; what a vector states is looked up in
 * what was watched.
 */
@NullMarked
package dev.moat.cli.conform.edhoc;

import org.jspecify.annotations.NullMarked;
