/**
 * Durable security state in files: {@link dev.moat.store.SqliteContextStore} for many contexts in
 * one SQLite file, {@link dev.moat.store.SequenceFile} for one context in a text file as libcoap
 * keeps it (RFC 8613, Section 7.5 and Appendix B.1.1).
 *
 * <p>Everything fails closed, and may be shared among threads; each store takes one lock, held
 * while it writes.
 */
@NullMarked
package dev.moat.store;

import org.jspecify.annotations.NullMarked;
