/**
 * The cryptographic primitives that OSCORE and EDHOC need, as one interface with an implementation
 * by the JDK: authenticated encryption (RFC 3610, RFC 8439, NIST SP 800-38D) and HKDF (RFC 5869).
 *
 * <p>A keyed {@link dev.moat.crypto.Aead} belongs to one event loop; everything else may be shared
 * among threads.
 */
@NullMarked
package dev.moat.crypto;

import org.jspecify.annotations.NullMarked;
