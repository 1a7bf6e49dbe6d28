/**
 * Security contexts (RFC 8613, Section 3): their parameters, the keys derived from them, and the
 * parts that change.
 *
 * <p>A {@link dev.moat.oscore.context.SecurityContext} is immutable but for three small cells, each
 * safe to share among threads: {@link dev.moat.oscore.context.SenderSequence}, {@link
 * dev.moat.oscore.context.ReplayCell} and {@link dev.moat.oscore.context.KeyUsage}.
 */
@NullMarked
package dev.moat.oscore.context;

import org.jspecify.annotations.NullMarked;
