/**
 * Executing a request once however often it arrives (RFC 7252, Section 4.5), in bounded memory.
 *
 * <p><b>What is kept.</b> For each message, 56 octets of entry, a link in a table, and the datagram
 * that answered it. Not the request, not its token, not its options: source and Message ID say
 * which message it is.
 *
 * <p><b>Why bounded memory is still correct.</b> EXCHANGE_LIFETIME is 247 s; at 100,000 requests a
 * second all of them would be 24.7 million entries. But not all matter alike:
 *
 * <ul>
 *   <li>A message in progress is always remembered; their number is bounded by the engine.
 *   <li>An executed request with an unsafe method is <em>pinned</em>: it stays for its whole
 *       lifetime, so it is never executed twice. If its answer would exceed the octets allowed, the
 *       answer is dropped and the entry stays; a duplicate is then met with silence.
 *   <li>An answer to a safe method, and a refusal, is <em>evictable</em>: executing a safe method
 *       again changes nothing (RFC 7252, Section 4.5, allows it in so many words), and what was
 *       refused was not executed. The oldest goes first.
 *   <li>When only pinned entries remain, {@link dev.moat.engine.dedup.DedupTable#open} refuses, and
 *       the engine answers a new unsafe request by 5.03 without executing or remembering it. Safe
 *       requests are served unremembered.
 * </ul>
 *
 * <p>So memory is fixed, whatever the rate; what gives way under load is the convenience of an
 * identical answer and then the acceptance of new unsafe requests, never exactly-once execution of
 * those that were accepted. A peer's own bounds keep it from taking the place of others.
 */
@NullMarked
package dev.moat.engine.dedup;

import org.jspecify.annotations.NullMarked;
