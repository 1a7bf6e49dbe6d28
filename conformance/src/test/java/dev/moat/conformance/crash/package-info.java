/**
 * Endpoints that lose their memory at any point: no nonce may come twice, and nothing old may be
 * accepted (RFC 8613, Section 7.5 and Appendix B.1). A recorder in the seam to the AEAD sees every
 * nonce before it is used.
 */
@NullMarked
package dev.moat.conformance.crash;

import org.jspecify.annotations.NullMarked;
