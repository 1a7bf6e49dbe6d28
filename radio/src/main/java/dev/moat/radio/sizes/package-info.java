/**
 * The sizes messages should have by their specifications: EDHOC (RFC 9528), its pre-shared key
 * method, CoAP (RFC 7252), OSCORE (RFC 8613) and the records of TLS and DTLS. Formulas to hold
 * published and measured sizes against; what an exchange costs is computed from octets that were
 * sent, not from these.
 *
 * <p>All types are immutable.
 */
@NullMarked
package dev.moat.radio.sizes;

import org.jspecify.annotations.NullMarked;
