/**
 * Block-wise transfers on the server's side (RFC 7959) with Request-Tag (RFC 9175, Section 3), and
 * what both sides share.
 *
 * <p>Request bodies are assembled per {@link dev.moat.engine.block.BlockKey}: peer and security
 * association, method, cache key and Request-Tag list, never by token; a handler sees whole bodies
 * only. Response bodies are kept whole for a while, so that later blocks come from one
 * representation. All tables are bounded by number, octets, peer and age.
 *
 * <p>Thread rule: everything here belongs to the event loop that runs the pipeline.
 */
@NullMarked
package dev.moat.engine.block;

import org.jspecify.annotations.NullMarked;
