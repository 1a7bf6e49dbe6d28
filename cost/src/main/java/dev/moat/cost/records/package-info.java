/**
 * Records of TLS and DTLS as they stand on the wire: content types, epochs, and the handshake
 * messages that nothing protects. Octets that do not fit are no error; they tell less.
 */
@NullMarked
package dev.moat.cost.records;

import org.jspecify.annotations.NullMarked;
