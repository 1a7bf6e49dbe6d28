/**
 * What a security context must remember over restarts, as an interface: which sequence numbers may
 * have been used, and that the context was used at all (RFC 8613, Section 7.5 and Appendix B.1).
 * Module {@code store} implements it in a file.
 */
@NullMarked
package dev.moat.oscore.store;

import org.jspecify.annotations.NullMarked;
